// Availability and downtime, one from the other.

import { Decimal } from 'glovebox';
import { DAY_SECONDS, duration, PERIOD_DAYS } from './durations.ts';
import { Refusal } from './refusal.ts';
import { toRatio } from './ratio.ts';
import type { Allowance, Input, Period, SlaReport } from './types.ts';

/** The downtime a target allows, (1 − target) × period: for each period, and for the window it is measured over. */
export function allowances(target: number, windowDays: number): readonly Allowance[] {
  const failing = new Decimal(1).minus(target);
  const of = (period: Allowance['period'], days: number): Allowance => ({
    period,
    days,
    downtime: duration(failing.times(days).times(DAY_SECONDS)),
  });
  const periods = Object.entries(PERIOD_DAYS) as [Period, number][];
  return [...periods.map(([period, days]) => of(period, days)), of('window', windowDays)];
}

/** The availability that some downtime per period comes to: 1 − downtime / period. @throws Refusal when it exceeds the period */
export function fromDowntime(downtime: Input['downtime'], target: number): SlaReport['fromDowntime'] {
  if (downtime === undefined) return null;
  const { per, seconds } = downtime;
  const total = PERIOD_DAYS[per] * DAY_SECONDS;
  if (seconds > total) throw new Refusal(`downtime.seconds is ${seconds}, and a ${per} has ${total}`);
  const availability = new Decimal(1).minus(new Decimal(seconds).div(total));
  return { availability: toRatio(availability), meetsTarget: availability.gte(target), period: per };
}
