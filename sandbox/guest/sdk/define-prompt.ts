// Prompts: what an author writes, turned into the one form the jail runs.

import { checkCompleters, complete, type Completers, type CompletionRequest } from './completion.ts';
import { shown, toPart, toRecord, toText, type ContentPart } from './content-part.ts';
import type { Host } from './types.ts';

/** One message of a prompt; its content may be given as a plain string. */
export interface PromptMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string | ContentPart;
}

/** What a prompt renders to; a plain string is one message of the user's. */
export type PromptOutput = string | { readonly messages: readonly PromptMessage[]; readonly description?: string };

/** What a prompt is: made into the default export of its file by `definePrompt`. */
export interface PromptDefinition<Args = Readonly<Record<string, string>>, Context = unknown> {
  /**
   * Renders the prompt, once per request, in a fresh context.
   *
   * @param args The caller's arguments, all strings; those the manifest requires are there.
   * @param host Everything the prompt can reach.
   */
  run(args: Args, host: Host<Context>): PromptOutput | Promise<PromptOutput>;
  /** Values to offer for arguments, by their names. */
  readonly complete?: Completers<Context>;
}

/** A prompt as the jail runs it. */
export interface Prompt {
  run(input: PromptInput, host: Host<never>): Promise<object>;
}

/** What the host asks of a prompt. */
export type PromptInput = { readonly arguments: never } | { readonly complete: CompletionRequest };

/**
 * Defines a prompt; the default export of `prompts/NAME.ts`.
 *
 * ```ts
 * import { definePrompt } from 'glovebox';
 *
 * export default definePrompt({
 *   run(args: { topic: string }) {
 *     return `Explain ${args.topic} to a newcomer.`;
 *   },
 * });
 * ```
 *
 * @throws TypeError when there is no function `run`, or a completer is none
 */
export function definePrompt<Args = Readonly<Record<string, string>>, Context = unknown>(
  definition: PromptDefinition<Args, Context>,
): Prompt {
  const { run } = definition;
  if (typeof run !== 'function') throw new TypeError('definePrompt({ run }) needs a function run');
  const completers = checkCompleters('definePrompt({ complete })', definition.complete);
  return {
    async run(input, host) {
      if ('complete' in input) return complete(completers, input.complete, host);
      if ('arguments' in input) return toOutput(await definition.run(input.arguments, host));
      throw new TypeError('definePrompt makes prompts, not tools: its file belongs into the folder "prompts"');
    },
  };
}

/** @throws TypeError naming what is wrong */
function toOutput(returned: unknown): object {
  if (typeof returned === 'string') return { messages: [{ role: 'user', content: toPart('content', returned) }] };
  const { messages, description } = toRecord('what the prompt returns (a string or { messages })', returned);
  if (!Array.isArray(messages) || messages.length === 0) {
    throw new TypeError('the prompt must return at least one message: return { messages: [{ role, content }] }');
  }
  return {
    messages: messages.map((message: unknown, index) => toMessage(`messages[${index}]`, message)),
    ...(description === undefined ? {} : { description: toText('description', description) }),
  };
}

function toMessage(where: string, given: unknown): object {
  const { role, content } = toRecord(where, given);
  if (role !== 'user' && role !== 'assistant') {
    throw new TypeError(`${where}.role must be "user" or "assistant", not ${shown(role)}`);
  }
  return { role, content: toPart(`${where}.content`, content) };
}
