// From a plan to every figure of the answer.

import { cashFlow, type Plan, type YearFlow } from './cash-flow.ts';
import type { Driver } from './drivers.ts';
import { internalRate } from './internal-rate.ts';
import { type Money, sum, write, ZERO } from './money.ts';
import { payback, runningTotal } from './payback.ts';
import { discount, discountFactors, presentValue } from './present-value.ts';
import { benefitCostRatio, breakEven, returnOnInvestment } from './returns.ts';
import { scenarios, type SensitivityCase, tornado } from './sensitivity.ts';
import type { BusinessCase, CashFlowRow, DriverResult, Input } from './types.ts';

/** What is computed from the plan alone. */
export type Figures = Omit<
  BusinessCase,
  'summary' | 'skippedDrivers' | 'assumptions' | 'illustrative' | 'industry' | 'painPoints' | 'notes'
>;

/** How a plan is judged. */
export interface Yardstick {
  readonly discountRate: number;
  /** Relative change of one variable in the tornado. */
  readonly swing: number;
  readonly sensitivity: Input['sensitivity'];
}

/** Every figure, from one table of yearly flows: totals are sums of the rows that are shown. */
export function calculateFigures(plan: Plan, drivers: readonly Driver[], yardstick: Yardstick): Figures {
  const { discountRate, swing, sensitivity } = yardstick;
  const { unit } = plan;
  const years = plan.runningCosts.length;
  const flows = cashFlow(plan);
  const factors = discountFactors(discountRate, years);
  const net = flows.map((flow) => flow.net);
  const discounted = discount(net, factors, unit);
  const npv = sum(discounted);
  const totals = totalsOf(flows);
  const present = presentValues(plan, flows, factors);
  const base: SensitivityCase = { plan, driverNames: drivers.map(({ name }) => name), discountRate, swing };
  return {
    currency: unit.code,
    years,
    discountRate,
    totals: {
      costs: write(totals.costs, unit),
      benefits: write(totals.benefits, unit),
      tax: write(totals.tax, unit),
      net: write(totals.net, unit),
    },
    npv: write(npv, unit),
    roi: returnOnInvestment(totals.net, totals.costs),
    irr: internalRate(net.map(Number)),
    payback: payback(net),
    discountedPayback: payback(discounted),
    benefitCostRatio: benefitCostRatio(present.benefits.minus(present.tax), present.costs),
    breakEven: breakEven({ npv, benefits: present.benefitsAfterTax, total: totals.benefits }, years, unit),
    cashFlow: cashFlowTable(plan, drivers, flows, discounted),
    drivers: drivers.map((driver) => driverResult(driver, factors, plan)),
    sensitivity: {
      swing,
      tornado: tornado(base),
      scenarios: scenarios(base, {
        worst: sensitivity?.worst ?? { benefits: around(swing, -1), costs: around(swing, 1) },
        best: sensitivity?.best ?? { benefits: around(swing, 1), costs: around(swing, -1) },
      }),
    },
  };
}

function totalsOf(flows: readonly YearFlow[]): YearFlow {
  return {
    costs: sum(flows.map(({ costs }) => costs)),
    benefits: sum(flows.map(({ benefits }) => benefits)),
    tax: sum(flows.map(({ tax }) => tax)),
    net: sum(flows.map(({ net }) => net)),
  };
}

function presentValues(
  { taxRate }: Plan,
  flows: readonly YearFlow[],
  factors: readonly Money[],
): { readonly benefits: Money; readonly costs: Money; readonly tax: Money; readonly benefitsAfterTax: Money } {
  const pick = (name: 'benefits' | 'costs' | 'tax'): Money =>
    presentValue(
      flows.map((flow) => flow[name]),
      factors,
    );
  const benefits = pick('benefits');
  return {
    benefits,
    costs: pick('costs'),
    tax: pick('tax'),
    benefitsAfterTax: benefits.minus(benefits.times(taxRate)),
  };
}

function cashFlowTable(
  { unit }: Plan,
  drivers: readonly Driver[],
  flows: readonly YearFlow[],
  discounted: readonly Money[],
): readonly CashFlowRow[] {
  const cumulative = runningTotal(flows.map(({ net }) => net));
  const cumulativeDiscounted = runningTotal(discounted);
  return flows.map((flow, year) => ({
    year,
    costs: write(flow.costs, unit),
    benefits: write(flow.benefits, unit),
    byDriver: drivers.map((driver) => ({
      driver: driver.name,
      amount: write(driver.amounts[year - 1] ?? ZERO, unit),
    })),
    tax: write(flow.tax, unit),
    net: write(flow.net, unit),
    cumulative: write(cumulative[year] ?? ZERO, unit),
    discounted: write(discounted[year] ?? ZERO, unit),
    cumulativeDiscounted: write(cumulativeDiscounted[year] ?? ZERO, unit),
  }));
}

function driverResult(driver: Driver, factors: readonly Money[], { unit }: Plan): DriverResult {
  return {
    driver: driver.name,
    kind: driver.kind,
    formula: driver.formula,
    fullYearAmount: driver.fullYear === undefined ? null : write(driver.fullYear, unit),
    total: write(sum(driver.amounts), unit),
    presentValue: write(presentValue([ZERO, ...driver.amounts], factors), unit),
  };
}

/** 1 ± swing, without the dust of binary fractions: 1 − 0.9 is 0.1. */
function around(swing: number, direction: 1 | -1): number {
  return Number((1 + direction * swing).toFixed(6));
}
