// prompts/list and prompts/get.

import type { GetPromptResult, InputRequiredResult, ListPromptsResult, Prompt } from '@modelcontextprotocol/server';
import type { Principal } from '#host/base';
import type { Caller } from '#host/calling';
import type { PromptVersion, Registry } from '#host/registry';
import { META_KEYS } from './meta-keys.ts';
import { pageOf } from './pages.ts';
import { projectOnce } from './project-once.ts';
import { inputRequired, runMeta } from './results.ts';
import type { McpPromptCall } from './types.ts';

/** The part of the backend that serves prompts. */
export interface Prompts {
  listPrompts(principal: Principal, cursor?: string): ListPromptsResult;
  getPrompt(call: McpPromptCall): Promise<GetPromptResult | InputRequiredResult>;
}

/** Serves what the registry has. */
export function createPrompts(registry: Registry, caller: Caller): Prompts {
  const promptsOf = projectOnce(toMcpPrompt);
  return {
    listPrompts({ tenant }, cursor) {
      const { items, next } = pageOf(promptsOf(registry.prompts(tenant)), cursor);
      return { prompts: items, ...next };
    },
    async getPrompt({ name, era: _era, ...call }) {
      const reply = await caller.getPrompt({ ...call, prompt: name });
      if (reply.kind !== 'result') return inputRequired(reply);
      const { description, messages } = reply.result;
      const result = { ...(description === undefined ? {} : { description }), messages, _meta: runMeta(reply.result) };
      return result as GetPromptResult;
    },
  };
}

function toMcpPrompt({ manifest, version, digest }: PromptVersion): Prompt {
  const { name, title, description } = manifest;
  return {
    name,
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    arguments: manifest.arguments.map((argument) => ({ ...argument })),
    _meta: { [META_KEYS.version]: version, [META_KEYS.digest]: digest },
  };
}
