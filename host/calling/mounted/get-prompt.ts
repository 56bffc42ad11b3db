// prompts/get: a prompt's version runs like a tool's, and what it gives is rebuilt from an allow-list.

import { checkPart } from '#sandbox';
import type { Registry } from '#host/registry';
import { converse, type ConverseDeps } from '../conversation/converse.ts';
import { inputText } from '../input-text.ts';
import { mountedSubject } from '../subject.ts';
import type { CallEnded, InputRequired, PromptCall, PromptMessage, PromptResult } from '../types.ts';
import { givenBy, isRecord, unfit, type Given } from './output.ts';

/** What getting prompts needs. */
export interface GetPromptDeps extends ConverseDeps {
  readonly registry: Pick<Registry, 'getPrompt'>;
}

const MAX_MESSAGES = 1000;

/** See {@link Caller.getPrompt}. */
export async function getPrompt(
  call: PromptCall,
  deps: GetPromptDeps,
): Promise<CallEnded<PromptResult> | InputRequired> {
  const found = deps.registry.getPrompt(call.principal.tenant, call.prompt);
  const subject = mountedSubject('prompt', found);
  const input = inputText({ arguments: call.args });
  const end = await converse({ call, target: subject.subject, input, find: async () => subject }, deps);
  if (end.kind === 'input-required') return end;
  return { kind: 'result', result: readPrompt(givenBy(end)) };
}

function readPrompt({ output, run }: Given): PromptResult {
  const { messages, description } = isRecord(output) ? output : {};
  if (!Array.isArray(messages) || messages.length > MAX_MESSAGES) throw unfit('a prompt', 'a list of messages');
  if (description !== undefined && typeof description !== 'string') throw unfit('a prompt', 'a description of text');
  return { ...run, messages: messages.map(readMessage), ...(description === undefined ? {} : { description }) };
}

function readMessage(message: unknown): PromptMessage {
  const { role, content } = isRecord(message) ? message : {};
  if (role !== 'user' && role !== 'assistant') throw unfit('a prompt', 'messages of the user or the assistant');
  return { role, content: checkPart(content) };
}
