// tools/call: a maker tool or a generated one, and what becomes of whatever goes wrong on the way.

import type { CallToolResult } from '@modelcontextprotocol/server';
import { hostFailure, type Log } from '#host/base';
import type { Caller } from '#host/calling';
import type { MakingStep } from '#host/registry';
import { isCodedError, type Failure } from '#sandbox';
import type { MakerTool } from './maker-tools/define.ts';
import { failureResult, runResult, structuredResult } from './results.ts';
import type { McpCall } from './types.ts';

/** What a call may reach. */
export interface ToolCallDeps {
  readonly caller: Caller;
  readonly makerTools: ReadonlyMap<string, MakerTool>;
  readonly log: Log;
}

/** A generated tool that does not exist is the protocol's error; everything later is the tool's result. */
const BEFORE_THE_TOOL = new Set(['TOOL_NOT_FOUND', 'VERSION_NOT_FOUND']);

/**
 * Runs one call.
 *
 * @throws TOOL_NOT_FOUND, VERSION_NOT_FOUND when no tool has the name; any other failure is an `isError` result
 */
export async function callTool(call: McpCall, deps: ToolCallDeps): Promise<CallToolResult> {
  const makerTool = deps.makerTools.get(call.name);
  try {
    if (makerTool !== undefined) return structuredResult(await makerTool.call(call));
    return runResult(await deps.caller.call(toToolCall(call)));
  } catch (error) {
    if (makerTool === undefined && isCodedError(error) && BEFORE_THE_TOOL.has(error.code)) throw error;
    return thrownResult(error, call, deps.log);
  }
}

function toToolCall(call: McpCall): Parameters<Caller['call']>[0] {
  const { principal, name, args, signal, onProgress } = call;
  return { principal, tool: name, input: args, signal, ...(onProgress === undefined ? {} : { onProgress }) };
}

function thrownResult(error: unknown, call: McpCall, log: Log): CallToolResult {
  if (isCodedError(error)) return failureResult(error, makingReport(error));
  // SECURITY: an error without a code was written for us, not for a client; it may hold host paths.
  // test/unit/host/doors/mcp/tool-call.test.ts holds it.
  log.error({ tool: call.name, error }, 'a tool call failed without a code');
  return failureResult(hostFailure('INTERNAL', `the host failed while it served "${call.name}"; its log says why`));
}

/** A failed making carries its steps so far: the model that asked reads where it stopped. */
function makingReport(failure: Failure): { readonly text?: string } {
  const report = failure.data?.['report'];
  if (!Array.isArray(report) || report.length === 0) return {};
  const lines = (report as readonly MakingStep[]).map(
    ({ step, verdict, detail }) => `${step}: ${verdict}${detail === undefined ? '' : ` – ${detail}`}`,
  );
  return { text: ['making report:', ...lines].join('\n') };
}
