// What a reader must know before quoting the figures.

import type { Driver } from './drivers.ts';
import { statedFacts } from './factor-values.ts';
import { matchPainPoints } from './pain-points.ts';
import type { Input, Setting } from './types.ts';

/** The conventions of the calculation, then whatever is peculiar to this case. */
export function listNotes(
  input: Input,
  setting: Setting,
  drivers: readonly Driver[],
  years: number,
): readonly string[] {
  return [
    'Flows fall at the end of each year; the investment is year 0. Amounts are rounded half away from zero.',
    ...industryNote(setting),
    ...painPointNotes(input, setting),
    ...unusedFacts(input, setting, drivers),
    ...beyondHorizon(input, years),
  ];
}

function industryNote({ customer, pack }: Setting): readonly string[] {
  if (pack.name !== 'general') return [];
  return [`There is no benchmark pack for the industry "${customer.industry}"; general benchmarks are used.`];
}

/** Only where the drivers were chosen from the pain points. */
function painPointNotes({ annualBenefit, benefits }: Input, setting: Setting): readonly string[] {
  if (annualBenefit !== undefined || (benefits ?? []).length > 0) return [];
  return matchPainPoints(setting)
    .filter(({ drivers }) => drivers.length === 0)
    .map(({ painPoint }) => `No value driver matches the pain point "${painPoint}"; add one under benefits.`);
}

function unusedFacts(input: Input, setting: Setting, drivers: readonly Driver[]): readonly string[] {
  const used = new Set(drivers.flatMap(({ factors }) => factors.map(({ name }) => name)));
  const unused = [...statedFacts(input, setting).keys()].filter((name) => !used.has(name));
  if (unused.length === 0) return [];
  return [`Not used by any driver: ${unused.join(', ')}; add a driver of a fitting kind to benefits to count them.`];
}

function beyondHorizon({ benefits = [], costSchedule = [] }: Input, years: number): readonly string[] {
  const longest = Math.max(costSchedule.length, ...benefits.map(({ amounts = [] }) => amounts.length));
  return longest > years ? [`Scheduled amounts after year ${years} are left out.`] : [];
}
