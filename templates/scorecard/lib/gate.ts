// Knock-outs: what a value must be for a candidate to be ranked.

import type { Criterion, Gate, Value } from './types.ts';

/** A gate a candidate did not pass. */
export interface GateFailure {
  readonly criterion: string;
  /** What was needed, in words. */
  readonly needed: string;
  /** null = no value. */
  readonly value: Value | null;
}

/** Why the value does not pass the criterion's gate; `undefined` when it does, or when there is none. */
export function findGateFailure(criterion: Criterion, value: Value | undefined): GateFailure | undefined {
  const { gate, id } = criterion;
  if (gate === undefined || (value !== undefined && passes(criterion, gate, value))) return undefined;
  return { criterion: id, needed: describeGate(gate), value: value ?? null };
}

function passes(criterion: Criterion, { atLeast, atMost, is }: Gate, value: Value): boolean {
  const position = (each: Value): number => positionOf(criterion, each);
  return (
    (is === undefined || value === is) &&
    (atLeast === undefined || position(value) >= position(atLeast)) &&
    (atMost === undefined || position(value) <= position(atMost))
  );
}

/** Where a value stands on its scale: a number by itself, a level by its place in the list. */
function positionOf({ scale }: Criterion, value: Value): number {
  if (scale.type !== 'levels') return Number(value);
  return scale.levels.findIndex((level) => level === value);
}

function describeGate({ atLeast, atMost, is }: Gate): string {
  const parts = [
    ...(is === undefined ? [] : [is ? 'yes' : 'no']),
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
  ];
  return parts.join(' and ');
}
