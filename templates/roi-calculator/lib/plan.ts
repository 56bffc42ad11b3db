// The caller's costs and the planned drivers as a plan in amounts.

import { Decimal } from 'glovebox';
import type { Plan } from './cash-flow.ts';
import type { Driver } from './drivers.ts';
import { scheduledAmounts, yearlyAmounts } from './growth.ts';
import { type Currency, round, ZERO } from './money.ts';
import type { Input } from './types.ts';

/** Running costs of a year: the annual cost, grown, plus what is scheduled for that year. */
export function makePlan(input: Input, drivers: readonly Driver[], years: number, unit: Currency): Plan {
  const annualCost = new Decimal(input.annualCost ?? 0);
  const annual = yearlyAmounts(annualCost, { years, rampUp: [], growth: input.costGrowth ?? 0 }, unit);
  const scheduled = scheduledAmounts(input.costSchedule ?? [], years, unit);
  return {
    unit,
    investment: round(new Decimal(input.investment), unit),
    runningCosts: annual.map((amount, index) => amount.plus(scheduled[index] ?? ZERO)),
    benefits: drivers.map((driver) => driver.amounts),
    taxRate: input.taxRate ?? 0,
    depreciationYears: Math.min(input.depreciationYears ?? years, years),
  };
}
