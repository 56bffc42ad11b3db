// `Intl`, with its clock replaced, hardened when a guest first asks for it: its objects are reachable by no other way.

import { clockMs } from './clock.ts';
import { freezeContainers } from './freeze.ts';
import { Error, Intl, isObject, methodOf, Object, Reflect, Symbol, WeakMap } from './primordials.ts';

const REQUIRED_LOCALE = 'en-US';

/** Hardens and returns `Intl`. @throws PRELUDE_FAILED when the process has another default locale or time zone */
export function hardenIntl(): typeof Intl {
  const { locale, timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  if (locale !== REQUIRED_LOCALE || timeZone !== 'UTC') {
    throw new Error(`PRELUDE_FAILED: the cell's locale is ${locale}, its time zone ${timeZone}; not en-US and UTC`);
  }
  recordFormattedTime();
  freezeContainers([Intl, Object.getPrototypeOf(new Intl.Segmenter().segment('')) as object]);
  freezeContainers([Object.getPrototypeOf(new Intl.Segmenter().segment('')[Symbol.iterator]()) as object]);
  for (const key of Reflect.ownKeys(Intl)) {
    const entry: unknown = Reflect.get(Intl, key);
    if (isObject(entry)) freezeContainers([entry]);
  }
  return Intl;
}

type Format = (date?: Date | number) => string;

function recordFormattedTime(): void {
  const { prototype } = Intl.DateTimeFormat;
  const nativeFormat = Reflect.getOwnPropertyDescriptor(prototype, 'format')?.get as () => Format;
  const formatToParts = methodOf(prototype, 'formatToParts');
  // The specification wants one and the same function for every read of one formatter's `format`.
  const formats = new WeakMap<Format, Format>();
  const recorded = {
    get format(): Format {
      const native = Reflect.apply(nativeFormat, this, []);
      const known = formats.get(native);
      if (known !== undefined) return known;
      const format: Format = (date = clockMs()) => native(date);
      formats.set(native, format);
      return format;
    },
    formatToParts(date: number = clockMs()): unknown {
      return formatToParts(this, date);
    },
  };
  Reflect.defineProperty(prototype, 'format', {
    get: Reflect.getOwnPropertyDescriptor(recorded, 'format')?.get as () => Format,
  });
  Reflect.defineProperty(prototype, 'formatToParts', { value: Reflect.get(recorded, 'formatToParts') });
}
