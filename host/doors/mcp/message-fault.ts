// What a message must be on every transport, whatever it asks for.

import { isDeeperThan, MAX_JSON_DEPTH } from '#host/base';

/**
 * Longest id and longest progress token, in characters. The protocol makes the server repeat them, the token with every
 * step, so a long one would cost many times what it cost its sender.
 */
const MAX_REPEATED_CHARACTERS = 256;

/** Why a message is refused, as a sentence; undefined when it is welcome. */
export function messageFault(message: unknown): string | undefined {
  if (isDeeperThan(message, MAX_JSON_DEPTH))
    return `the message nests deeper than ${MAX_JSON_DEPTH} levels; flatten it`;
  const args = field(message, 'params', 'arguments');
  // The SDK drops it: a tool would get less than was sent, and its schema would have nothing to say.
  if (typeof args === 'object' && args !== null && Object.hasOwn(args, '__proto__'))
    return 'an argument is called __proto__, which reaches no tool; name it otherwise';
  const isLong = [field(message, 'id'), field(message, 'params', '_meta', 'progressToken')].some(
    (value) => typeof value === 'string' && value.length > MAX_REPEATED_CHARACTERS,
  );
  return isLong
    ? `an id or a progress token has more than ${MAX_REPEATED_CHARACTERS} characters; use a shorter one`
    : undefined;
}

function field(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), value);
}
