// The internal rate of return: the rate at which Σ flow_t / (1 + rate)^t is zero. With x = 1 / (1 + rate) that is a
// polynomial in x, and every positive zero of it is a rate. Doubles: a rate is not money.

import { positiveRoots } from './roots.ts';
import type { InternalRate } from './types.ts';

// x of the lowest rate that is looked for, −99 %.
const LARGEST_X = 100;

/** The internal rate of return of yearly net flows, year 0 first; null with the reason when there is no single one. */
export function internalRate(flows: readonly number[]): InternalRate {
  const signChanges = countSignChanges(flows);
  const none = { ratio: null, percent: null, signChanges };
  if (signChanges === 0) {
    return {
      ...none,
      candidates: [],
      reason: 'the net cash flow never changes its sign, so no rate makes the NPV zero',
    };
  }
  const rates = internalRates(flows);
  const candidates = [...new Set(rates.map((rate) => roundTo(rate, 6)))];
  const [rate] = rates;
  if (rate === undefined) return { ...none, candidates, reason: 'no rate above -99 % makes the NPV zero' };
  if (candidates.length > 1) {
    return { ...none, candidates, reason: 'several rates make the NPV zero; compare projects by NPV instead' };
  }
  return { ratio: roundTo(rate, 6), percent: roundTo(rate * 100, 4), signChanges, candidates };
}

/** Every rate above −99 % that makes the NPV zero, ascending, to the precision of doubles. */
export function internalRates(flows: readonly number[]): readonly number[] {
  const first = flows.findIndex((flow) => flow !== 0);
  return positiveRoots(flows.slice(Math.max(first, 0)), LARGEST_X)
    .map((x) => 1 / x - 1)
    .toReversed();
}

function countSignChanges(flows: readonly number[]): number {
  const signs = flows.filter((flow) => flow !== 0).map(Math.sign);
  return signs.filter((sign, index) => index > 0 && sign !== signs[index - 1]).length;
}

function roundTo(value: number, digits: number): number {
  return Number(value.toFixed(digits)) + 0;
}
