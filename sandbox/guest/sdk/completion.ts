// Values offered while a user types: the part that prompts and resource templates share.

import { shown, toRecord } from './content-part.ts';
import type { Host } from './types.ts';

/**
 * Values for an argument of which `value` has been typed so far. `others` holds the arguments that have their value
 * already. The first 100 are offered.
 */
export type Completer<Context = unknown> = (
  value: string,
  others: Readonly<Record<string, string>>,
  host: Host<Context>,
) => readonly string[] | Promise<readonly string[]>;

/** Completers by the name of their argument. */
export type Completers<Context = unknown> = Readonly<Record<string, Completer<Context>>>;

/** What the host asks a completer. */
export interface CompletionRequest {
  readonly argument: string;
  readonly value: string;
  readonly others: Readonly<Record<string, string>>;
}

const MAX_OFFERED = 100;

/** The functions of a definition, by argument. @throws TypeError when one is none */
export function checkCompleters(where: string, given: unknown): Completers<never> {
  if (given === undefined) return {};
  const completers = toRecord(where, given);
  for (const [name, completer] of Object.entries(completers)) {
    if (typeof completer !== 'function') throw new TypeError(`${where}.${name} must be a function`);
  }
  return completers as Completers<never>;
}

/** What the completer of an argument offers; nothing where there is none. @throws TypeError when it offers no strings */
export async function complete(
  completers: Completers<never>,
  { argument, value, others }: CompletionRequest,
  host: Host<never>,
): Promise<object> {
  const completer = Object.hasOwn(completers, argument) ? completers[argument] : undefined;
  if (completer === undefined) return { values: [] };
  const offered: unknown = await completer(value, others, host);
  if (!Array.isArray(offered)) throw new TypeError(`complete.${argument} must return a list, not ${shown(offered)}`);
  const values = offered.slice(0, MAX_OFFERED) as unknown[];
  const odd = values.find((entry) => typeof entry !== 'string');
  if (odd !== undefined) throw new TypeError(`complete.${argument} must return strings, not ${shown(odd)}`);
  return { values, total: offered.length, hasMore: offered.length > values.length };
}
