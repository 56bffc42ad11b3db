// completion/complete: what a user may mean by what they have typed so far, asked of the prompt or the resource itself.

import { hostError } from '#host/base';
import type { Registry } from '#host/registry';
import { begin, execute, type ExecuteDeps } from '../execute.ts';
import { inputText } from '../input-text.ts';
import { mountedSubject, type Subject } from '../subject.ts';
import type { Completion, CompletionCall } from '../types.ts';
import { givenBy, isRecord, unfit } from './output.ts';

/** What completing needs. */
export interface CompleteDeps extends ExecuteDeps {
  readonly registry: Pick<Registry, 'getPrompt' | 'resources'>;
}

const MAX_VALUES = 100;

/** See {@link Caller.complete}. */
export async function complete(call: CompletionCall, deps: CompleteDeps): Promise<Completion> {
  const { argument, value, others } = call;
  const subject = findSubject(call, deps.registry);
  const input = inputText({ complete: { argument, value, others } });
  const executed = await execute({ call, subject, input, beginning: begin(deps.clock) }, deps);
  return readCompletion(givenBy({ kind: 'ended', subject, executed }).output);
}

function findSubject({ subject, principal: { tenant } }: CompletionCall, registry: CompleteDeps['registry']): Subject {
  if ('prompt' in subject) return mountedSubject('prompt', registry.getPrompt(tenant, subject.prompt));
  const { uriTemplate } = subject;
  const found = registry.resources(tenant).find(({ manifest }) => manifest.uri === uriTemplate);
  if (found !== undefined) return mountedSubject('resource', found);
  const message = `there is no resource template ${JSON.stringify(uriTemplate.slice(0, 200))}`;
  throw hostError('RESOURCE_NOT_FOUND', message);
}

function readCompletion(output: unknown): Completion {
  const { values, total, hasMore } = isRecord(output) ? output : {};
  if (!Array.isArray(values) || !values.every((value) => typeof value === 'string')) {
    throw unfit('a completion', 'a list of texts');
  }
  const isMore = hasMore === true || values.length > MAX_VALUES;
  return {
    values: values.slice(0, MAX_VALUES),
    ...(Number.isSafeInteger(total) ? { total: total as number } : {}),
    ...(isMore || hasMore === false ? { hasMore: isMore } : {}),
  };
}
