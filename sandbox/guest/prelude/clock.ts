// The guest's only clock: it says when the run started, and moves only with the host's answers.
//
// SECURITY: the places where V8 reads the real time are `Date`, `Temporal.Now` and the argument-less `format` and
// `formatToParts` of Intl.DateTimeFormat. test/unit/sandbox/guest/prelude/attacks.test.ts looks for others.

import { Date as NativeDate, Reflect, realm } from './primordials.ts';

let nowMs = 0;

/** The recorded time, epoch milliseconds. */
export function clockMs(): number {
  return nowMs;
}

/** Moves the clock. @param ms epoch milliseconds */
export function setClock(ms: number): void {
  nowMs = ms;
}

/** `Date` as guests see it. */
export const RecordedDate = createRecordedDate();

/** Puts {@link RecordedDate} in place; instances are genuine dates. */
export function replaceDate(): void {
  Reflect.defineProperty(NativeDate.prototype, 'constructor', { value: RecordedDate });
  Reflect.defineProperty(realm, 'Date', { value: RecordedDate });
}

function createRecordedDate(): DateConstructor {
  const constructor = function (...args: unknown[]): unknown {
    if (new.target === undefined) return new NativeDate(nowMs).toString();
    return Reflect.construct(NativeDate, args.length === 0 ? [nowMs] : args, new.target);
  };
  const now = (): number => nowMs;
  Reflect.defineProperty(constructor, 'name', { value: 'Date' });
  Reflect.defineProperty(constructor, 'length', { value: 7 });
  Reflect.defineProperty(constructor, 'prototype', { value: NativeDate.prototype, writable: false });
  Reflect.defineProperty(constructor, 'now', { value: now });
  for (const key of ['parse', 'UTC'] as const) Reflect.defineProperty(constructor, key, { value: NativeDate[key] });
  return constructor as unknown as DateConstructor;
}
