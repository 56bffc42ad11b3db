// Lengths of time: to the millisecond, and in words.

import type { Decimal } from 'glovebox';
import type { Duration, Period } from './types.ts';

export const DAY_SECONDS = 86_400;

/** Days of a period, by convention: a month has 30, a quarter 90, a year 365. */
export const PERIOD_DAYS: Readonly<Record<Period, number>> = { day: 1, week: 7, month: 30, quarter: 90, year: 365 };

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
] as const;

/** A duration of any number of seconds, rounded to the millisecond. */
export function duration(seconds: Decimal): Duration {
  const rounded = seconds.round(3);
  return { seconds: Number(rounded), text: inWords(Number(rounded.times(1000))) };
}

/** "1d 2h 3m 4.5s": units that are zero are left out. */
function inWords(ms: number): string {
  if (ms === 0) return '0s';
  const parts: string[] = [];
  let rest = Math.abs(ms);
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  if (rest > 0) parts.push(`${rest / 1000}s`);
  return `${ms < 0 ? '-' : ''}${parts.join(' ')}`;
}
