// resources/read: a resource's version runs like a tool's, and what it gives is rebuilt from an allow-list.

import { checkPart } from '#sandbox';
import type { Registry } from '#host/registry';
import { converse, type ConverseDeps } from '../conversation/converse.ts';
import { inputText } from '../input-text.ts';
import { mountedSubject } from '../subject.ts';
import type { CallEnded, InputRequired, ResourceCall, ResourceResult } from '../types.ts';
import { givenBy, isRecord, unfit, type Given } from './output.ts';

/** What reading resources needs. */
export interface ReadResourceDeps extends ConverseDeps {
  readonly registry: Pick<Registry, 'getResource'>;
}

const MAX_CONTENTS = 1000;

/** See {@link Caller.readResource}. */
export async function readResource(
  call: ResourceCall,
  deps: ReadResourceDeps,
): Promise<CallEnded<ResourceResult> | InputRequired> {
  const { resource, variables } = deps.registry.getResource(call.principal.tenant, call.uri);
  const subject = mountedSubject('resource', resource);
  const input = inputText({ uri: call.uri, variables });
  const end = await converse({ call, target: subject.subject, input, find: async () => subject }, deps);
  if (end.kind === 'input-required') return end;
  return { kind: 'result', result: readContents(givenBy(end), resource.manifest.mimeType) };
}

function readContents({ output, run }: Given, mimeType: string | undefined): ResourceResult {
  const contents = isRecord(output) ? output['contents'] : undefined;
  if (!Array.isArray(contents) || contents.length > MAX_CONTENTS) throw unfit('a resource', 'a list of contents');
  return { ...run, contents: contents.map((content: unknown) => readContent(content, mimeType)) };
}

function readContent(content: unknown, mimeType: string | undefined): ResourceResult['contents'][number] {
  const part = checkPart({ type: 'resource', resource: content });
  if (part.type !== 'resource') throw unfit('a resource', 'contents');
  return mimeType === undefined ? part.resource : { mimeType, ...part.resource };
}
