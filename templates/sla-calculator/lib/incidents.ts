// What a list of incidents says about a period: downtime, availability, time to repair and between failures.

import { Decimal } from 'glovebox';
import type { Objective, Usage } from './budget.ts';
import { DAY_SECONDS, duration } from './durations.ts';
import { toRatio } from './ratio.ts';
import { Refusal } from './refusal.ts';
import { type Outage, readTimeline, weightedMs } from './timeline.ts';
import type { IncidentResult, Input } from './types.ts';

const DAY_MS = DAY_SECONDS * 1000;

/** The figures of a period, and what it used of the error budget. */
export interface Review {
  readonly shown: IncidentResult;
  readonly achieved: Decimal;
  readonly usage: Usage;
  /** Whether the period fits into one window of the objective. */
  readonly fitsWindow: boolean;
}

/**
 * Reviews a period.
 *
 * achieved = 1 − downtime / service time, and service time is the period without planned time; MTTR = mean duration of
 * unplanned incidents; MTBF = time without any of them / their number.
 *
 * @param excludePlanned whether planned time is left out; otherwise it is downtime like any other
 * @throws Refusal when times cannot be read, or the whole period was planned
 */
export function reviewIncidents(
  incidents: NonNullable<Input['incidents']>,
  excludePlanned: boolean,
  { target, windowDays }: Objective,
): Review {
  const { ignored, outages, period } = readTimeline(incidents);
  const planned = outages.filter((outage) => outage.planned);
  const failures = outages.filter((outage) => !outage.planned);
  const excluded = excludePlanned ? planned : [];
  const excludedMs = weightedMs(excluded.map(totally), []);
  const serviceMs = new Decimal(period.to - period.from).minus(excludedMs);
  if (serviceMs.eq(0)) throw new Refusal('the whole period is planned downtime: nothing is left to measure');
  const downMs = weightedMs(excludePlanned ? failures : outages, excluded);
  const windowMs = new Decimal(windowDays).times(DAY_MS).minus(excludedMs);
  const achieved = new Decimal(1).minus(downMs.div(serviceMs));
  return {
    shown: {
      from: incidents.from,
      to: incidents.to,
      count: failures.length,
      plannedCount: planned.length,
      ignoredCount: ignored,
      downtime: seconds(downMs),
      excluded: seconds(excludedMs),
      achieved: toRatio(achieved),
      meetsTarget: achieved.gte(target),
      ...repairTimes(failures, excluded, serviceMs),
    },
    achieved,
    usage: {
      unit: 'seconds',
      bad: downMs.div(1000),
      soFar: serviceMs.div(1000),
      inWindow: windowMs.div(1000),
      elapsedDays: serviceMs.div(DAY_MS),
      windowDays: windowMs.div(DAY_MS),
    },
    fitsWindow: windowMs.gte(serviceMs),
  };
}

function repairTimes(
  failures: readonly Outage[],
  excluded: readonly Outage[],
  serviceMs: Decimal,
): Pick<IncidentResult, 'mttr' | 'mtbf' | 'longest'> {
  if (failures.length === 0) return { mttr: null, mtbf: null, longest: null };
  const durations = failures.map(({ from, to }) => to - from);
  const repairMs = durations.reduce((total, each) => total.plus(each), new Decimal(0));
  const upMs = serviceMs.minus(weightedMs(failures.map(totally), excluded));
  return {
    mttr: seconds(repairMs.div(failures.length)),
    mtbf: seconds(upMs.div(failures.length)),
    longest: seconds(new Decimal(Math.max(...durations))),
  };
}

function totally(outage: Outage): Outage {
  return { ...outage, impact: 1 };
}

function seconds(ms: Decimal): IncidentResult['downtime'] {
  return duration(ms.div(1000));
}
