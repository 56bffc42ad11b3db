// The whole calculation, from a caller's numbers to the answer.

import { acquisitionCosts, channelResults } from './acquisition.ts';
import { listAssumptions } from './assumptions.ts';
import { type Basis, findBasis, revenueRetention } from './basis.ts';
import { checkBenchmarks } from './checks.ts';
import { accumulate, cohortTable } from './cohort.ts';
import { efficiency } from './efficiency.ts';
import { lifetimeValues } from './lifetime-value.ts';
import { type Currency, currency, type Money, ratio, sum, write } from './money.ts';
import { listNotes } from './notes.ts';
import { paybacks } from './payback.ts';
import { annualLoss, monthlyDiscountFactor } from './rates.ts';
import { summarise } from './summary.ts';
import { type Fading, survive } from './survival.ts';
import type { Figure, Input, Setting, UnitEconomics } from './types.ts';

/** @throws Refusal when the call lacks a number, or its numbers contradict each other */
export function calculateUnitEconomics(input: Input, setting: Setting): UnitEconomics {
  const unit = currency(setting.currency);
  const basis = findBasis(input, setting, unit);
  const { arpa, capYears, churn, discountRate, expansion, grossMargin, horizonMonths } = basis;
  const fading: Fading = {
    churn: churn.value,
    expansion: expansion.value,
    discountFactor: monthlyDiscountFactor(discountRate.value),
  };
  const monthlyProfit = arpa.value.times(grossMargin.value);
  const months = Math.max(capYears.value * 12, horizonMonths.value);
  const survival = survive(basis.retentionCurve, fading, months);
  const curve = accumulate(monthlyProfit, survival, unit);
  const lifetime = lifetimeValues(basis, monthlyProfit, curve, unit);
  const costs = acquisitionCosts(input, unit);
  const cac = costs.blendedCac;
  const multiple = sum(survival.slice(0, capYears.value * 12).map(({ discounted }) => discounted));
  const channels = channelResults(input, { basis, fading, multiple }, unit);
  const payback = paybacks(cac, monthlyProfit, curve);
  const ltvToCac = toCac(lifetime.expected, cac, 'expected lifetime value / blended CAC');
  const revenue = revenueFigures(input, basis, monthlyProfit, unit);
  const efficiencyFigures = efficiency(input);
  const checks = checkBenchmarks(
    {
      ltvToCac: ltvToCac.value,
      cacPaybackMonths: payback.simpleMonths.value,
      grossMargin: grossMargin.source === 'default' ? null : grossMargin.value,
      netRevenueRetention: revenue.annualNetRetention,
      quickRatio: efficiencyFigures.quickRatio.value,
      magicNumber: efficiencyFigures.magicNumber.value,
    },
    setting,
  );
  const assumptions = listAssumptions(basis);
  const result: Omit<UnitEconomics, 'summary'> = {
    currency: unit.code,
    periodMonths: basis.months,
    revenue,
    churn: churnFigures(basis),
    acquisition: { ...costs.shown, channels },
    ltv: lifetime.shown,
    ltvToCac,
    simpleLtvToCac: toCac(lifetime.simple, cac, 'simple lifetime value / blended CAC'),
    payback,
    efficiency: efficiencyFigures,
    cohort: cohortTable(curve, survival.slice(0, horizonMonths.value), cac, unit),
    checks,
    assumptions,
    illustrative: assumptions.filter(({ illustrative }) => illustrative).map(({ name }) => name),
    notes: listNotes(input, basis, checks),
  };
  return { summary: summarise(result, setting.business, unit), ...result };
}

function toCac(value: Money | undefined, cac: Money | undefined, formula: string): Figure {
  if (cac === undefined)
    return { value: null, formula, reason: 'there is no CAC: give channels with spend and newCustomers' };
  if (value === undefined)
    return { value: null, formula, reason: 'without churn the simple lifetime value has no end' };
  const times = ratio(value, cac, 2);
  return times === undefined
    ? { value: null, formula, reason: 'customers cost nothing to win' }
    : { value: times, formula };
}

function revenueFigures(
  { mrr }: Input,
  { arpa, grossMargin, months }: Basis,
  monthlyProfit: Money,
  unit: Currency,
): UnitEconomics['revenue'] {
  const retention = revenueRetention(mrr, months);
  return {
    arpaMonthly: write(arpa.value, unit),
    arpaSource: arpa.source,
    grossMargin: grossMargin.value,
    grossProfitMonthly: write(monthlyProfit, unit),
    grossRetention: retention?.gross ?? null,
    netRetention: retention?.net ?? null,
    annualGrossRetention: retention?.annualGross ?? null,
    annualNetRetention: retention?.annualNet ?? null,
  };
}

function churnFigures({ churn, expansion }: Basis): UnitEconomics['churn'] {
  return {
    monthly: churn.value,
    annual: annualLoss(churn.value),
    source: churn.source,
    lifetimeMonths: churn.value === 0 ? null : Number((1 / churn.value).toFixed(2)),
    monthlyExpansion: expansion.value,
  };
}
