// Whether a value holds what an attack says of it.

import { isDeepStrictEqual } from 'node:util';

/** Whether a value has a part: see `Part` of an attack. */
export function hasPart(value: unknown, part: unknown): boolean {
  if (Array.isArray(part)) {
    return Array.isArray(value) && part.every((item) => value.some((each) => hasPart(each, item)));
  }
  if (!isObject(part)) return isDeepStrictEqual(value, part);
  return isObject(value) && Object.entries(part).every(([key, each]) => key in value && hasPart(value[key], each));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
