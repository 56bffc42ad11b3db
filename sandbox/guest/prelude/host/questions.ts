// Questions to the client: each is a call to the host, with a key that names it where the client answers.

import { isObject, JSON, Reflect, TypeError } from '../primordials.ts';
import type { Calls } from './calls.ts';

/** `host.ask`, `host.sample` and `host.roots`. */
export interface Questions {
  ask(question: unknown): Promise<unknown>;
  sample(request: unknown): Promise<unknown>;
  roots(options?: unknown): Promise<unknown>;
}

/** The questions of a run. What they may hold is the host's to check: it refuses with ASK_INVALID. */
export function createQuestions(calls: Calls): Questions {
  return {
    ask: async (question) => calls.call('client.ask', read(calls, 'ask', question, ASK)),
    sample: async (request) => calls.call('client.sample', read(calls, 'sample', request, SAMPLE)),
    roots: async (options = {}) => calls.call('client.roots', read(calls, 'roots', options, [])),
  };
}

const ASK = ['message', 'schema'] as const;
const SAMPLE = ['messages', 'maxTokens', 'systemPrompt', 'temperature', 'stopSequences', 'modelPreferences'] as const;

/** Copies the known fields as JSON says them, and names the question after its call where the tool gave it no key. */
function read(calls: Calls, name: string, given: unknown, fields: readonly string[]): object {
  if (!isObject(given)) throw new TypeError(`host.${name}(…) takes an object`);
  const key: unknown = Reflect.get(given, 'key');
  const copy: Record<string, unknown> = {};
  for (const field of fields) copy[field] = Reflect.get(given, field);
  const plain = JSON.parse(JSON.stringify(copy)) as object;
  // Not before the guest's getters and `toJSON` have run: they may make calls, too.
  return { key: key ?? `input_${calls.nextId()}`, ...plain };
}
