// What came of a call, in MCP's words. One place decides how a success and a failure look to a client.

import type { CallToolResult, ContentBlock, InputRequests, InputRequiredResult } from '@modelcontextprotocol/server';
import type { InputRequired, RunFacts, ToolCallResult } from '#host/calling';
import { plainFailure, type Failure } from '#sandbox';
import { META_KEYS } from './meta-keys.ts';

/** The result of a generated tool's run; of one that gave content alone, the content. */
export function runResult(result: ToolCallResult): CallToolResult {
  const meta = runMeta(result);
  if (!result.ok) return failureResult(result.failure, { meta });
  const content = result.content as ContentBlock[];
  if (result.output === undefined) return { content, _meta: meta };
  return { ...structuredResult(result.output, content), _meta: meta };
}

/** What `_meta` says of the run behind any result. */
export function runMeta({ runId, version, digest, profile, bill }: RunFacts): Readonly<Record<string, unknown>> {
  return {
    [META_KEYS.run]: runId,
    [META_KEYS.version]: version,
    [META_KEYS.digest]: digest,
    [META_KEYS.profile]: profile,
    [META_KEYS.bill]: bill,
  };
}

/** The reply to a call that waits for its client. */
export function inputRequired({ requests, state, runId }: InputRequired): InputRequiredResult {
  return {
    resultType: 'input_required',
    inputRequests: requests as InputRequests,
    requestState: state,
    _meta: { [META_KEYS.run]: runId },
  };
}

/** A structured result, and its JSON text for clients that read only text. */
export function structuredResult(structured: unknown, content: readonly ContentBlock[] = []): CallToolResult {
  return {
    content: [{ type: 'text', text: JSON.stringify(structured) }, ...content],
    structuredContent: structured,
  };
}

/**
 * A failure after the tool was found: text for the model, the whole failure for programs.
 *
 * Never in `structuredContent`: clients of 2025-11-25 check that against the tool's output schema even when `isError` is
 * set, and would throw away the reason with the result.
 */
export function failureResult(
  failure: Failure,
  extra?: { readonly meta?: Readonly<Record<string, unknown>>; readonly text?: string },
): CallToolResult {
  const text = `${failure.code}: ${failure.message}`;
  return {
    content: [{ type: 'text', text: extra?.text === undefined ? text : `${text}\n${extra.text}` }],
    isError: true,
    _meta: {
      ...extra?.meta,
      [META_KEYS.failure]: plainFailure(failure),
    },
  };
}
