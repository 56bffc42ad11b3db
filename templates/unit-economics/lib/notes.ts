// What a reader must know before quoting the figures.

import type { Basis } from './basis.ts';
import type { Check, Input } from './types.ts';

/** The conventions, then what is peculiar to this call. */
export function listNotes(input: Input, basis: Basis, checks: readonly Check[]): readonly string[] {
  return [
    'A customer who is there when a month begins pays for it; gross profit of a month falls at its end. Amounts are rounded half away from zero, monthly and yearly rates to six decimals before anything is computed from them.',
    ...curveNote(input, basis),
    ...sharedNote(input),
    ...illustrativeNote(checks),
  ];
}

function curveNote({ retentionCurve = [] }: Input, { churn, capYears }: Basis): readonly string[] {
  const known = retentionCurve.length;
  if (known === 0 || known >= capYears.value * 12) return [];
  return [`Retention is given for ${known} months; later months lose ${churn.value} of the customers each.`];
}

function sharedNote({ sharedSpend = 0 }: Input): readonly string[] {
  return sharedSpend === 0
    ? []
    : ['Shared spend is part of the blended CAC only: channel by channel, CAC looks better than it is.'];
}

function illustrativeNote(checks: readonly Check[]): readonly string[] {
  const names = checks.filter(({ illustrative }) => illustrative).map(({ metric }) => metric);
  if (names.length === 0) return [];
  return [`Benchmarks are illustrative rules of thumb, no published statistics: ${names.join(', ')}.`];
}
