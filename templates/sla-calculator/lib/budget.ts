// The error budget: what may go wrong within a window, how much of it has, and how long the rest lasts.

import { Decimal } from 'glovebox';
import { DAY_SECONDS } from './durations.ts';
import { toRatio } from './ratio.ts';
import { Refusal } from './refusal.ts';
import type { Budget, Consumption } from './types.ts';

/** What a service promises: the share of good time or events, over a window. */
export interface Objective {
  readonly target: number;
  readonly windowDays: number;
}

/** Bad and all, in seconds or events: so far, and over the whole window. */
export interface Usage {
  readonly unit: Budget['unit'];
  readonly bad: Decimal;
  readonly soFar: Decimal;
  readonly inWindow: Decimal;
  readonly elapsedDays: Decimal;
  readonly windowDays: Decimal;
}

/**
 * The budget after some of its window.
 *
 * total = (1 − target) × all; burn rate = (bad / all so far) / (1 − target); the rest lasts remaining / (bad per day).
 *
 * @throws Refusal when more went wrong than there was, or more is past than there is
 */
export function budgetOf(usage: Usage, source: Budget['source'], target: number): Budget {
  checkUsage(usage);
  const { bad, elapsedDays, inWindow, soFar, unit, windowDays } = usage;
  const failing = new Decimal(1).minus(target);
  const total = failing.times(inWindow);
  const remaining = total.minus(bad);
  const errorRatio = soFar.eq(0) ? new Decimal(0) : bad.div(soFar);
  const daysLeft = exhaustion(remaining, bad, elapsedDays);
  return {
    unit,
    source,
    total: toRatio(total, 3),
    used: toRatio(bad, 3),
    remaining: toRatio(remaining, 3),
    usedShare: total.eq(0) ? 0 : toRatio(bad.div(total), 6),
    achieved: toRatio(new Decimal(1).minus(errorRatio)),
    burnRate: toRatio(errorRatio.div(failing), 4),
    exhausted: bad.gt(0) && remaining.lte(0),
    exhaustedInDays: daysLeft === undefined ? null : toRatio(daysLeft, 2),
    lastsTheWindow: daysLeft === undefined || daysLeft.gte(windowDays.minus(elapsedDays)),
  };
}

/** Usage as a call states it. Events still to come are taken to arrive as they did, unless their number is given. */
export function usageOf(consumption: Consumption, { windowDays }: Objective): Usage {
  const [elapsed, window] = [new Decimal(consumption.elapsedDays), new Decimal(windowDays)];
  if ('badSeconds' in consumption) {
    return {
      unit: 'seconds',
      bad: new Decimal(consumption.badSeconds),
      soFar: elapsed.times(DAY_SECONDS),
      inWindow: window.times(DAY_SECONDS),
      elapsedDays: elapsed,
      windowDays: window,
    };
  }
  const { badEvents, expectedEvents, totalEvents } = consumption;
  const soFar = new Decimal(totalEvents);
  return {
    unit: 'events',
    bad: new Decimal(badEvents),
    soFar,
    inWindow: expectedEvents === undefined ? soFar.times(window).div(elapsed) : new Decimal(expectedEvents),
    elapsedDays: elapsed,
    windowDays: window,
  };
}

function checkUsage({ bad, elapsedDays, inWindow, soFar, unit, windowDays }: Usage): void {
  if (elapsedDays.gt(windowDays)) {
    throw new Refusal(`elapsedDays is ${elapsedDays.toString()}, more than the ${windowDays.toString()} of the window`);
  }
  if (bad.gt(soFar)) {
    throw new Refusal(`${bad.toString()} bad ${unit} are more than the ${soFar.toString()} there were`);
  }
  if (soFar.gt(inWindow)) {
    throw new Refusal(`expectedEvents is ${inWindow.toString()}, less than the ${soFar.toString()} there were already`);
  }
}

/** Days until nothing remains at the pace so far; undefined when nothing went wrong. */
function exhaustion(remaining: Decimal, bad: Decimal, elapsedDays: Decimal): Decimal | undefined {
  if (bad.eq(0)) return undefined;
  return remaining.lte(0) ? new Decimal(0) : remaining.times(elapsedDays).div(bad);
}
