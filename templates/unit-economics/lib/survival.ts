// How much of an average customer's first month is left in every later one: who is still there, times what they spend by
// then, times what money of that month is worth today.

import { Decimal } from 'glovebox';

/** What decides how a cohort fades. Rates per month. */
export interface Fading {
  readonly churn: number;
  readonly expansion: number;
  /** Value today of one unit of money a month from now; 1 does not discount. */
  readonly discountFactor: number;
}

/** One month of a cohort, as multiples of the gross profit of a customer's first month. */
export interface SurvivalMonth {
  /** Share of the cohort still there at the end of the month. */
  readonly retention: Decimal;
  readonly profit: Decimal;
  readonly discounted: Decimal;
}

// Products of rates grow digits without end. Twenty decimals keep 10^12 exact to the cent over any horizon here.
const DIGITS = 20;
const ONE = new Decimal(1);

/**
 * Months 1 … n. Month t earns S(t−1) × (1 + g)^(t−1), received at its end: whoever is there when it begins pays for it.
 *
 * @param curve S(1), S(2), …; later months go on with constant churn
 */
export function survive(curve: readonly number[], fading: Fading, months: number): readonly SurvivalMonth[] {
  const kept = ONE.minus(fading.churn);
  const growth = ONE.plus(fading.expansion);
  const worth = new Decimal(fading.discountFactor);
  let [present, spend, value] = [ONE, ONE, ONE];
  return Array.from({ length: months }, (_, index) => {
    const profit = times(present, spend);
    value = times(value, worth);
    const given = curve[index];
    present = given === undefined ? times(present, kept) : new Decimal(given);
    spend = times(spend, growth);
    return { retention: present, profit, discounted: times(profit, value) };
  });
}

/**
 * The sum of `discounted` over months 1 … n at constant churn: v × (1 + q + … + q^(n−1)) with q = (1 − c) × (1 + g) × v.
 */
export function lifetimeMultiple({ churn, expansion, discountFactor }: Fading, months: number): Decimal {
  const worth = new Decimal(discountFactor);
  const q = times(times(ONE.minus(churn), ONE.plus(expansion)), worth);
  return times(worth, geometric(q, months).sum);
}

/** qⁿ and 1 + q + … + q^(n−1), by doubling: no division, so nothing is lost where q is close to 1. */
function geometric(q: Decimal, n: number): { readonly power: Decimal; readonly sum: Decimal } {
  if (n === 0) return { power: ONE, sum: new Decimal(0) };
  const half = geometric(q, n >> 1);
  const even = { power: times(half.power, half.power), sum: times(half.sum, half.power.plus(1)) };
  return n % 2 === 0 ? even : { power: times(even.power, q), sum: times(even.sum, q).plus(1) };
}

function times(a: Decimal, b: Decimal): Decimal {
  return a.times(b).round(DIGITS);
}
