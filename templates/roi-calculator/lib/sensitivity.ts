// What the NPV does when one thing goes otherwise (tornado), or everything at once (scenarios).

import { Decimal } from 'glovebox';
import { cashFlow, depreciation, type Plan, scalePlan } from './cash-flow.ts';
import { type Money, round, sum, write, ZERO } from './money.ts';
import { payback } from './payback.ts';
import { discount, discountFactors, presentValue } from './present-value.ts';
import { returnOnInvestment } from './returns.ts';
import type { ScenarioInput, ScenarioResult, TornadoBar } from './types.ts';

/** A plan with what the sensitivities need beside it. */
export interface SensitivityCase {
  readonly plan: Plan;
  readonly driverNames: readonly string[];
  readonly discountRate: number;
  /** Relative change of one variable: 0.2 is ±20 %. */
  readonly swing: number;
}

/**
 * One bar per driver, cost and the discount rate, widest first.
 *
 * The NPV is linear in amounts: changing one by a share s moves it by s × PV(its flows after tax). Only the discount
 * rate needs a second discounting.
 */
export function tornado(base: SensitivityCase): readonly TornadoBar[] {
  const { plan, discountRate, swing } = base;
  const factors = discountFactors(discountRate, plan.runningCosts.length);
  const npv = sum(discount(netFlows(plan), factors, plan.unit));
  const linear = flowsAfterTax(base)
    .filter(({ flows }) => flows.some((flow) => !flow.eq(0)))
    .map(({ variable, flows }) => {
      const shift = presentValue(flows, factors).times(swing);
      return bar(variable, npv.minus(shift), npv.plus(shift), plan);
    });
  const rate = new Decimal(discountRate);
  const change = rate.times(swing);
  const rateBar = bar('Discount rate', npvAt(plan, rate.minus(change)), npvAt(plan, rate.plus(change)), plan);
  return [...linear, ...(discountRate === 0 ? [] : [rateBar])]
    .toSorted((a, b) => b.width.cmp(a.width))
    .map(({ width, ...shown }) => ({ ...shown, swing: write(width, plan.unit) }));
}

/** The plan with worse, planned and better benefits and costs. */
export function scenarios(
  base: SensitivityCase,
  ends: { readonly worst: ScenarioInput; readonly best: ScenarioInput },
): readonly ScenarioResult[] {
  const factors = discountFactors(base.discountRate, base.plan.runningCosts.length);
  const named = [
    ['worst', ends.worst],
    ['base', { benefits: 1, costs: 1 }],
    ['best', ends.best],
  ] as const;
  return named.map(([scenario, by]) => {
    const plan = scalePlan(base.plan, by);
    const flows = cashFlow(plan);
    const net = flows.map((flow) => flow.net);
    const roi = returnOnInvestment(sum(net), sum(flows.map((flow) => flow.costs)));
    return {
      scenario,
      ...by,
      npv: write(sum(discount(net, factors, plan.unit)), plan.unit),
      roiPercent: roi.percent,
      paybackMonths: payback(net).months,
    };
  });
}

/** What each variable alone adds to the net flow of years 0 … n, its effect on tax included. */
function flowsAfterTax({
  plan,
  driverNames,
}: SensitivityCase): readonly { variable: string; flows: readonly Money[] }[] {
  const kept = new Decimal(1).minus(plan.taxRate);
  const drivers = driverNames.map((variable, index) => ({
    variable,
    flows: [ZERO, ...(plan.benefits[index] ?? []).map((amount) => amount.times(kept))],
  }));
  const shield = depreciation(plan).map((amount) => amount.times(plan.taxRate));
  const investment = { variable: 'One-off investment', flows: [ZERO.minus(plan.investment), ...shield] };
  const running = {
    variable: 'Running costs',
    flows: [ZERO, ...plan.runningCosts.map((cost) => ZERO.minus(cost).times(kept))],
  };
  return [...drivers, investment, running];
}

/** The width is taken from the rounded ends, so that it ties with what is shown. */
function bar(variable: string, low: Money, high: Money, { unit }: Plan): Omit<TornadoBar, 'swing'> & { width: Money } {
  const width = round(high, unit).minus(round(low, unit)).abs();
  return { variable, npvAtLow: write(low, unit), npvAtHigh: write(high, unit), width };
}

function npvAt(plan: Plan, rate: Money): Money {
  const flows = netFlows(plan);
  return sum(discount(flows, discountFactors(rate, flows.length - 1), plan.unit));
}

function netFlows(plan: Plan): readonly Money[] {
  return cashFlow(plan).map((flow) => flow.net);
}
