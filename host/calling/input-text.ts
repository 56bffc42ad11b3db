// A call's arguments as text: from here on only text crosses.

import { hostError } from '#host/base';

/** A door takes less; this is for whoever calls without one, and stays far below a frame to a cell. */
const MAX_INPUT_CHARACTERS = 16 * 1024 * 1024;

/** JSON text of the arguments; absent ones are `{}`. @throws REQUEST_INVALID, REQUEST_TOO_LARGE */
export function inputText(input: unknown): string {
  const text = input === undefined ? '{}' : toJson(input);
  if (text.length <= MAX_INPUT_CHARACTERS) return text;
  const data = { characters: text.length, limit: MAX_INPUT_CHARACTERS };
  const message = `the input has ${text.length} characters of JSON; the limit is ${MAX_INPUT_CHARACTERS}, send less`;
  throw hostError('REQUEST_TOO_LARGE', message, data);
}

function toJson(input: unknown): string {
  let cause: unknown;
  try {
    const text: unknown = JSON.stringify(input);
    if (typeof text === 'string' && !(text.includes('null') && holdsInfinity(input))) return text;
  } catch (error) {
    cause = error;
  }
  const message =
    'the input cannot be written as JSON; send objects, lists, strings, finite numbers, booleans and null';
  throw hostError('REQUEST_INVALID', message, undefined, { cause });
}

/** JSON writes such numbers as null, and reads those too large for a double as one: a tool would get what nobody sent. */
function holdsInfinity(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsInfinity);
}
