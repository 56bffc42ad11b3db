// How efficiently the business as a whole grows: the ratios that need no lifetime.

import { Decimal } from 'glovebox';
import { ratio } from './money.ts';
import type { Figure, Input, UnitEconomics } from './types.ts';

export function efficiency({ mrr, salesEfficiency }: Input): UnitEconomics['efficiency'] {
  return { quickRatio: quickRatio(mrr), magicNumber: magicNumber(salesEfficiency) };
}

/** What comes in for each unit of revenue that goes. */
function quickRatio(mrr: Input['mrr']): Figure {
  const formula = '(new + expansion MRR) / (contraction + churned MRR)';
  if (mrr === undefined) return { value: null, formula, reason: 'give mrr' };
  const gained = new Decimal(mrr.new ?? 0).plus(mrr.expansion ?? 0);
  const lost = new Decimal(mrr.contraction ?? 0).plus(mrr.churned ?? 0);
  const value = ratio(gained, lost, 2);
  return value === undefined ? { value: null, formula, reason: 'no revenue was lost' } : { value, formula };
}

/** New yearly revenue for each unit spent on winning it, a quarter later. */
function magicNumber(sales: Input['salesEfficiency']): Figure {
  const formula =
    '(revenue of the quarter − revenue of the quarter before) × 4 / sales and marketing spend of the quarter before';
  if (sales === undefined) return { value: null, formula, reason: 'give salesEfficiency' };
  const gained = new Decimal(sales.quarterRevenue).minus(sales.priorQuarterRevenue).times(4);
  const value = ratio(gained, new Decimal(sales.priorQuarterSpend), 2);
  return value === undefined ? { value: null, formula, reason: 'nothing was spent' } : { value, formula };
}
