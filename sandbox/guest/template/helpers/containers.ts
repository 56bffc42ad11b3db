// Helpers that look into lists and objects, and those that make them.

import type { Json } from '../../../manifest.ts';
import {
  isList,
  isObject,
  listAt,
  objectAt,
  objectOf,
  spellingAt,
  takes,
  textAt,
  type Call,
  type Helper,
} from './call.ts';

export const CONTAINER_HELPERS: Readonly<Record<string, Helper>> = {
  length: { takes: takes(1), run: length },
  first: { takes: takes(1), run: (call) => listAt(call, 0)[0] },
  last: { takes: takes(1), run: (call) => listAt(call, 0).at(-1) },
  lookup: { takes: takes(2), mayMiss: (index) => index === 0, run: lookup },
  object: { takes: takes(0), run: ({ args, keys }) => objectOf(keys.map((key, index) => [key, args[index] as Json])) },
  array: { takes: takes(0, Infinity), run: ({ args }) => args as readonly Json[] },
  merge: { takes: takes(1, Infinity), run: merge },
  pick: { takes: takes(2, Infinity), run: pick },
  keys: { takes: takes(1), run: (call) => Object.keys(objectAt(call, 0)) },
  values: { takes: takes(1), run: (call) => Object.values(objectAt(call, 0)) },
};

function length(call: Call): number {
  const [value] = call.args;
  if (typeof value === 'string') return Array.from(value).length;
  if (isList(value)) return value.length;
  return Object.keys(objectAt(call, 0)).length;
}

/** Own entries only. A container that is missing has none. */
function lookup(call: Call): Json | undefined {
  const [container] = call.args;
  const key = spellingAt(call, 1);
  if (container === undefined || container === null) return undefined;
  if (isList(container)) return /^\d+$/.test(key) ? container[Number(key)] : undefined;
  return isObject(container) && Object.hasOwn(container, key) ? container[key] : undefined;
}

function merge(call: Call): Json {
  return objectOf(call.args.flatMap((_, index) => Object.entries(objectAt(call, index))));
}

function pick(call: Call): Json {
  const from = objectAt(call, 0);
  const keys = call.args.slice(1).map((_, index) => textAt(call, index + 1));
  return objectOf(keys.map((key) => [key, Object.hasOwn(from, key) ? (from[key] as Json) : call.missing(key)]));
}
