// A point in time on the command line: `1h` ago, or a date.

import { InvalidArgumentError } from 'commander';

/** A point in time, told from now or by the calendar. */
export type Moment = { readonly agoMs: number } | { readonly at: number };

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const SPAN = /^(\d{1,6})([smhdw])$/;
const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** Reads `90s`, `15m`, `1h`, `2d`, `1w`, `2026-01-15` or `2026-01-15T09:30`, which is UTC unless it says otherwise. */
export function parseMoment(text: string): Moment {
  const [, count, unit = ''] = SPAN.exec(text) ?? [];
  if (count !== undefined) return { agoMs: Number(count) * (UNIT_MS[unit] ?? 0) };
  const [, time, , , zone] = DATE.exec(text) ?? [];
  const at = DATE.test(text) ? Date.parse(time === undefined || zone !== undefined ? text : `${text}Z`) : NaN;
  if (Number.isNaN(at)) throw new InvalidArgumentError('It must be like 15m, 1h, 2d or 2026-01-15T09:30.');
  return { at };
}

/** Epoch milliseconds; never before 1970. */
export function toEpochMs(moment: Moment, now: number): number {
  return Math.max(0, 'at' in moment ? moment.at : now - moment.agoMs);
}

/** The ends of a span of time, as far as they are given, for a query. */
export function spanOf(
  { since, until }: { readonly since?: Moment; readonly until?: Moment },
  now: number,
): { readonly since?: number; readonly until?: number } {
  return {
    ...(since === undefined ? {} : { since: toEpochMs(since, now) }),
    ...(until === undefined ? {} : { until: toEpochMs(until, now) }),
  };
}
