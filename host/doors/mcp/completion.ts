// completion/complete.

import type { CompleteRequest, CompleteResult } from '@modelcontextprotocol/server';
import type { Caller } from '#host/calling';
import type { McpBackend, McpCompletion } from './types.ts';

/** Serves what the authors of prompts and resources offer. */
export function createCompletion(caller: Caller): McpBackend['complete'] {
  return async (request): Promise<CompleteResult> => {
    const { values, total, hasMore } = await caller.complete(request);
    return {
      completion: {
        values: [...values],
        ...(total === undefined ? {} : { total }),
        ...(hasMore === undefined ? {} : { hasMore }),
      },
    };
  };
}

/** What a request asks for. */
export function completionOf({
  ref,
  argument,
  context,
}: CompleteRequest['params']): Omit<McpCompletion, 'principal' | 'signal'> {
  return {
    subject: ref.type === 'ref/prompt' ? { prompt: ref.name } : { uriTemplate: ref.uri },
    argument: argument.name,
    value: argument.value,
    others: context?.arguments ?? {},
  };
}
