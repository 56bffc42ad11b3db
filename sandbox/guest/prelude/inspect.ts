// Values as log lines show them: compact, bounded, and without running a guest's getters or toJSON.

import { clip } from './failures.ts';
import { Array, Date, Error, isObject, JSON, Map, methodOf, Object, Reflect, Set, String } from './primordials.ts';

const MAX_DEPTH = 4;
const MAX_ENTRIES = 50;
const MAX_TEXT = 2000;
const MAX_LENGTH = 8192;

/** A value as text. Never throws. */
export function inspect(value: unknown): string {
  try {
    return clip(format(value, 0), MAX_LENGTH);
  } catch {
    return '[unreadable]';
  }
}

function format(value: unknown, depth: number): string {
  if (typeof value === 'string') return JSON.stringify(clip(value, MAX_TEXT));
  if (typeof value === 'bigint') return `${String(value)}n`;
  if (typeof value === 'function') return '[function]';
  if (!isObject(value)) return String(value);
  if (isError(value)) return formatError(value);
  if (isDate(value)) return new Date(timeOf(value)).toJSON() ?? 'Invalid Date';
  if (depth === MAX_DEPTH) return Array.isArray(value) ? '[…]' : '{…}';
  if (Array.isArray(value)) return formatArray(value, depth);
  return formatMapOrSet(value, depth) ?? formatObject(value, depth);
}

function formatError(error: object): string {
  const read = (key: string): string => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === 'string' ? clip(value, MAX_TEXT) : '';
  };
  const stack = read('stack');
  return stack === '' ? `${read('name')}: ${read('message')}` : stack;
}

function formatArray(value: readonly unknown[], depth: number): string {
  let text = '';
  for (let i = 0; i < value.length; i++) {
    if (i === MAX_ENTRIES || text.length > MAX_LENGTH) return `[${text}, …]`;
    text += `${i === 0 ? '' : ', '}${formatProperty(value, String(i), depth)}`;
  }
  return `[${text}]`;
}

function formatObject(value: object, depth: number): string {
  let text = '';
  let count = 0;
  for (const key of Reflect.ownKeys(value)) {
    if (typeof key === 'symbol' || Reflect.getOwnPropertyDescriptor(value, key)?.enumerable !== true) continue;
    if (++count > MAX_ENTRIES || text.length > MAX_LENGTH) return `{${text}, …}`;
    const name = /^[\w$]+$/.test(key) ? key : JSON.stringify(clip(key, MAX_TEXT));
    text += `${text === '' ? '' : ', '}${name}: ${formatProperty(value, key, depth)}`;
  }
  return `{${text}}`;
}

function formatProperty(holder: object, key: string, depth: number): string {
  const property = Reflect.getOwnPropertyDescriptor(holder, key);
  if (property === undefined) return 'empty';
  return Object.hasOwn(property, 'value') ? format(property.value, depth + 1) : '[getter]';
}

function formatMapOrSet(value: object, depth: number): string | undefined {
  for (const [name, forEach] of COLLECTIONS) {
    const entries: string[] = [];
    const add = (entry: unknown, key: unknown): void => {
      if (entries.length >= MAX_ENTRIES) return;
      const text = format(entry, depth + 1);
      entries.push(name === 'Map' ? `${format(key, depth + 1)} => ${text}` : text);
    };
    try {
      forEach(value, add);
      return `${name} {${entries.join(', ')}}`;
    } catch {
      // Not one of these.
    }
  }
  return undefined;
}

const COLLECTIONS = [
  ['Map', methodOf(Map.prototype, 'forEach')],
  ['Set', methodOf(Set.prototype, 'forEach')],
] as const;

const timeOf = methodOf(Date.prototype, 'getTime');

// Taken now: `Error` is sealed only, so a guest may replace it.
const isError = Reflect.get(Error, 'isError') as (value: unknown) => boolean;

function isDate(value: object): boolean {
  try {
    timeOf(value);
    return true;
  } catch {
    return false;
  }
}
