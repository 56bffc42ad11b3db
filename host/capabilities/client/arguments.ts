// The arguments of a question come from a tool: nothing in them is believed before it was looked at.

import { hostError } from '#host/base';

const MAX_LABEL = 200;
// Controls but for tab and line feed, and what turns the direction of text round: a person could read something else
// than what is asked.
const DECEIVING = /(?![\t\n])\p{Cc}|\p{Bidi_Control}/u;

/** The refusal of a question. */
export function askInvalid(problem: string, data?: Readonly<Record<string, unknown>>): Error {
  return hostError('ASK_INVALID', `the tool asks for what cannot be asked: ${problem}`, data);
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object with none but the known keys. @throws ASK_INVALID */
export function readRecord(value: unknown, what: string, keys: readonly string[]): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) throw askInvalid(`${what} is not an object`);
  const unknown = Object.keys(value).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw askInvalid(`${what} has the unknown property ${shown(unknown)}`);
  return value;
}

/** Text a person may be shown. @throws ASK_INVALID */
export function readShownText(value: unknown, what: string, maxLength: number): string {
  const text = readText(value, what, maxLength);
  if (text.trim() === '') throw askInvalid(`${what} is blank`);
  refuseDeceiving(text, what);
  return text;
}

/** @throws ASK_INVALID when a person could read something else than what a text holds */
export function refuseDeceiving(text: string, what: string): void {
  if (DECEIVING.test(text)) throw askInvalid(`${what} holds control characters`);
}

/** Text that is not too long. @throws ASK_INVALID */
export function readText(value: unknown, what: string, maxLength: number): string {
  if (typeof value !== 'string' || value === '') throw askInvalid(`${what} is not a text`);
  if (value.length <= maxLength) return value;
  throw askInvalid(`${what} has ${value.length} characters, over the ${maxLength} there may be`);
}

/** A number within bounds, where there is one. @throws ASK_INVALID */
export function readNumber(
  value: unknown,
  what: string,
  range: { readonly from: number; readonly to: number; readonly whole?: true },
): number | undefined {
  if (value === undefined) return undefined;
  const fits = typeof value === 'number' && value >= range.from && value <= range.to;
  if (fits && (range.whole === undefined || Number.isInteger(value))) return value;
  const kind = range.whole === undefined ? 'number' : 'whole number';
  throw askInvalid(`${what} is not a ${kind} from ${range.from} to ${range.to}`);
}

/** A list that is not too long, where there is one. @throws ASK_INVALID */
export function readList(value: unknown, what: string, maxLength: number): readonly unknown[] | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.length <= maxLength) return value as readonly unknown[];
  throw askInvalid(`${what} is not a list of at most ${maxLength}`);
}

/** A name as an error message may quote it. */
export function shown(name: string): string {
  return JSON.stringify(name.length > MAX_LABEL ? `${name.slice(0, MAX_LABEL)}…` : name);
}
