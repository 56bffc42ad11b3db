// The whole calculation, from a caller's input to the answer.

import { choose, illustrativeNames, industryOf, listAssumptions } from './assumptions.ts';
import { type DriverPlan, planDrivers } from './drivers.ts';
import { calculateFigures } from './figures.ts';
import { currency } from './money.ts';
import { listNotes } from './notes.ts';
import { matchPainPoints } from './pain-points.ts';
import { makePlan } from './plan.ts';
import { summarise } from './summary.ts';
import type { BusinessCase, Input, Setting } from './types.ts';

/** Why there is no case, in words a caller can act on. */
export interface Problem {
  readonly problem: string;
}

/** Calculates the case, or says what is missing. */
export function buildBusinessCase(input: Input, setting: Setting): BusinessCase | Problem {
  const { defaults } = setting;
  const unit = currency(setting.currency);
  const years = choose(input.years, setting.horizonYears, defaults.horizonYears);
  const discountRate = choose(input.discountRate, setting.discountRate, defaults.discountRate);
  const { drivers, skipped } = planDrivers(input, setting, years.value, unit);
  if (drivers.length === 0) return { problem: explainMissing(skipped) };

  const figures = calculateFigures(makePlan(input, drivers, years.value, unit), drivers, {
    discountRate: discountRate.value,
    swing: input.sensitivity?.swing ?? defaults.swing,
    sensitivity: input.sensitivity,
  });
  const assumptions = listAssumptions(input, drivers, { discountRate, years });
  return {
    summary: summarise(figures, assumptions, unit),
    ...figures,
    skippedDrivers: skipped,
    assumptions,
    illustrative: illustrativeNames(assumptions),
    industry: industryOf(setting),
    painPoints: matchPainPoints(setting),
    notes: listNotes(input, setting, drivers, years.value),
  };
}

function explainMissing(skipped: DriverPlan['skipped']): string {
  const wanted = skipped.map(({ title, missing }) => `${title} needs ${missing.join(', ')}`);
  const hint = 'give annualBenefit, or benefits, or the numbers a value driver needs';
  return wanted.length === 0
    ? `there are no benefits: ${hint}`
    : `there are no benefits: ${hint} (${wanted.join('; ')})`;
}
