// `Temporal`, built anew around the recorded clock when a guest first asks for it.
//
// SECURITY: V8's own namespace is deleted unseen, so its nanosecond `Temporal.Now` has no path left. What is left is
// `Date.prototype.toTemporalInstant`, which leads to the classes only; V8 builds them when it is first read, which costs
// 0.2 ms, so neither it nor they are touched before a guest does.

import { clockMs } from './clock.ts';
import { freezeContainers } from './freeze.ts';
import { Date as NativeDate, Object, Reflect, Symbol } from './primordials.ts';

/** The namespace, its classes frozen. */
export function buildTemporal(): object {
  const instant = new NativeDate(0).toTemporalInstant();
  const zoned = instant.toZonedDateTimeISO('UTC');
  const date = zoned.toPlainDate();
  const samples = [
    instant,
    zoned,
    date,
    zoned.toPlainTime(),
    zoned.toPlainDateTime(),
    date.toPlainYearMonth(),
    date.toPlainMonthDay(),
    instant.until(instant),
  ];
  const namespace: Record<PropertyKey, unknown> = { Now: createNow() };
  for (const { constructor } of samples) {
    freezeContainers([constructor]);
    Reflect.defineProperty(namespace, constructor.name, { value: constructor });
  }
  Reflect.defineProperty(namespace, Symbol.toStringTag, { value: 'Temporal' });
  return Object.freeze(namespace);
}

function createNow(): object {
  const zonedNow = (timeZone: Temporal.TimeZoneLike = 'UTC'): Temporal.ZonedDateTime =>
    new NativeDate(clockMs()).toTemporalInstant().toZonedDateTimeISO(timeZone);
  const now = {
    instant: () => zonedNow().toInstant(),
    timeZoneId: () => 'UTC',
    zonedDateTimeISO: (timeZone?: Temporal.TimeZoneLike) => zonedNow(timeZone),
    plainDateTimeISO: (timeZone?: Temporal.TimeZoneLike) => zonedNow(timeZone).toPlainDateTime(),
    plainDateISO: (timeZone?: Temporal.TimeZoneLike) => zonedNow(timeZone).toPlainDate(),
    plainTimeISO: (timeZone?: Temporal.TimeZoneLike) => zonedNow(timeZone).toPlainTime(),
  };
  Reflect.defineProperty(now, Symbol.toStringTag, { value: 'Temporal.Now' });
  return Object.freeze(now);
}
