// Rates over one span of time, restated for another. A rate is rounded here, once, and everything after it is computed
// from the rounded number: whoever has the result can recompute it by hand.

const RATE_DIGITS = 6;

/** A rate as results show it: six decimals. */
export function roundRate(rate: number): number {
  const rounded = Number(rate.toFixed(RATE_DIGITS));
  return rounded === 0 ? 0 : rounded;
}

/** What a share lost over `months` is per month: 1 − (1 − lost)^(1 / months). */
export function monthlyLoss(lost: number, months: number): number {
  return roundRate(1 - (1 - lost) ** (1 / months));
}

/** What is lost over a year at a monthly loss: 1 − (1 − monthly)^12. */
export function annualLoss(monthly: number): number {
  return roundRate(1 - (1 - monthly) ** 12);
}

/** What a factor over `months` is per year: factor^(12 / months). */
export function annualFactor(factor: number, months: number): number {
  return roundRate(factor ** (12 / months));
}

/** Growth per month that gives a factor over `months`: factor^(1 / months) − 1. */
export function monthlyGrowth(factor: number, months: number): number {
  return roundRate(factor ** (1 / months) - 1);
}

/** What one unit of money a month from now is worth today: (1 + annual)^(−1 / 12), to twelve decimals. */
export function monthlyDiscountFactor(annual: number): number {
  return Number(((1 + annual) ** (-1 / 12)).toFixed(12));
}
