// Incidents on a line of time: cut to the period, and never counted twice where they overlap.

import { Decimal } from 'glovebox';
import { Refusal } from './refusal.ts';
import type { Incident, Input } from './types.ts';

/** A stretch of time, in epoch milliseconds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** An incident within the period. */
export interface Outage extends Stretch {
  readonly impact: number;
  readonly planned: boolean;
}

/** A period and what happened in it. */
export interface Timeline {
  readonly period: Stretch;
  readonly outages: readonly Outage[];
  /** Incidents that lie outside. */
  readonly ignored: number;
}

/** @throws Refusal when a time cannot be read, or an end is before its start */
export function readTimeline({ from, list, to }: NonNullable<Input['incidents']>): Timeline {
  const period = { from: readTime(from, 'from'), to: readTime(to, 'to') };
  if (period.to <= period.from) throw new Refusal(`incidents.to (${to}) is not after incidents.from (${from})`);
  const outages = list.map((incident, index) => clip(incident, index, period));
  const within = outages.filter((outage) => outage.to > outage.from);
  return { period, outages: within, ignored: outages.length - within.length };
}

/** The time the stretches cover together, in milliseconds, outside of what is excluded; each moment by its largest impact. */
export function weightedMs(outages: readonly Outage[], excluded: readonly Stretch[]): Decimal {
  const edges = [...outages, ...excluded].flatMap(({ from, to }) => [from, to]);
  const moments = [...new Set(edges)].toSorted((a, b) => a - b);
  return moments.reduce((total, from, index) => {
    const to = moments[index + 1] ?? from;
    const covers = (stretch: Stretch): boolean => stretch.from <= from && stretch.to >= to;
    if (to === from || excluded.some(covers)) return total;
    const impact = outages.filter(covers).reduce((largest, each) => Math.max(largest, each.impact), 0);
    return impact === 0 ? total : total.plus(new Decimal(impact).times(to - from));
  }, new Decimal(0));
}

function clip({ end, impact = 1, planned = false, start }: Incident, index: number, period: Stretch): Outage {
  const where = `incident ${index + 1}`;
  const from = readTime(start, `${where}, start`);
  const to = end === undefined ? period.to : readTime(end, `${where}, end`);
  if (end !== undefined && to < from) throw new Refusal(`${where} ends (${end}) before it starts (${start})`);
  return { from: Math.max(from, period.from), to: Math.min(to, period.to), impact, planned };
}

function readTime(text: string, where: string): number {
  const ms = /(?:Z|[+-]\d{2}:\d{2})$/i.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(ms)) return ms;
  throw new Refusal(`${where} is ${JSON.stringify(text)}, no time with an offset such as 2026-01-31T12:00:00Z`);
}
