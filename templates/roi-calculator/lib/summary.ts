// The answer in a few sentences, for someone who reads nothing else.

import { Decimal } from 'glovebox';
import type { Figures } from './figures.ts';
import { type Currency, say } from './money.ts';
import type { Assumption } from './types.ts';

/** "Over 3 years at a discount rate of 10 %: …" */
export function summarise(figures: Figures, assumptions: readonly Assumption[], unit: Currency): string {
  const { discountRate, irr, npv, payback, roi, totals, years } = figures;
  const money = (amount: string): string => say(new Decimal(amount), unit);
  const parts = [
    `costs ${money(totals.costs)}`,
    `benefits ${money(totals.benefits)}`,
    `NPV ${money(npv)}`,
    ...(roi.percent === null ? [] : [`ROI ${roi.percent} %`]),
    ...(irr.percent === null ? [] : [`IRR ${Number(irr.percent.toFixed(2))} %`]),
    payback.months === null ? 'no payback within the horizon' : `payback after ${payback.months} months`,
  ];
  const rate = new Decimal(discountRate).times(100).toString();
  const horizon = `Over ${years} ${years === 1 ? 'year' : 'years'} at a discount rate of ${rate} %`;
  return `${horizon}: ${parts.join(', ')}.${warning(assumptions)}`;
}

function warning(assumptions: readonly Assumption[]): string {
  const titles = new Set(assumptions.filter(({ illustrative }) => illustrative).map(({ title }) => title));
  return titles.size === 0 ? '' : ` Illustrative, to be replaced before quoting: ${[...titles].join(', ')}.`;
}
