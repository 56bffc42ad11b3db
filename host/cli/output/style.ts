// Colours, only where a person sees them.

import { styleText } from 'node:util';
import type { OutputStream, Surroundings } from '../surroundings.ts';

/** Colours a text, or leaves it as it is. */
export type Style = (format: Parameters<typeof styleText>[0], text: string) => string;

/**
 * The style for one stream. `NO_COLOR` switches colours off and `FORCE_COLOR` on; otherwise a terminal has them.
 *
 * @see https://no-color.org
 */
export function createStyle(stream: OutputStream, env: Surroundings['env']): Style {
  if (!hasColours(stream, env)) return (_format, text) => text;
  return (format, text) => styleText(format, text, { validateStream: false });
}

/** Whether a stream gets colours. */
export function hasColours(stream: OutputStream, env: Surroundings['env']): boolean {
  if (isSet(env['NO_COLOR'])) return false;
  if (isSet(env['FORCE_COLOR'])) return env['FORCE_COLOR'] !== '0';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
