// tools/call: a maker tool or a generated one, and what becomes of whatever goes wrong on the way.

import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import { hostFailure, type Log } from '#host/base';
import type { Caller } from '#host/calling';
import type { MakingStep } from '#host/registry';
import { CodedError, isCodedError, type Failure } from '#sandbox';
import type { MakerTool } from './maker-tools/define.ts';
import { failureResult, inputRequired, runResult, structuredResult } from './results.ts';
import { createdTask } from './tasks.ts';
import type { McpCall } from './types.ts';

/** What a call may reach. */
export interface ToolCallDeps {
  readonly caller: Caller;
  readonly makerTools: ReadonlyMap<string, MakerTool>;
  readonly log: Log;
}

/** A generated tool or a call that does not exist is the protocol's error; everything later is the tool's result. */
const BEFORE_THE_TOOL = new Set([
  'TOOL_NOT_FOUND',
  'VERSION_NOT_FOUND',
  'REQUEST_STATE_INVALID',
  'REQUEST_STATE_EXPIRED',
]);

/**
 * Runs one call: to its result, to questions for its client, or to a handle of the task it became.
 *
 * @throws TOOL_NOT_FOUND, VERSION_NOT_FOUND when no tool has the name
 * @throws REQUEST_STATE_INVALID, REQUEST_STATE_EXPIRED when the call cannot go on from the state it brought
 * @throws CLIENT_UNSUPPORTED in the newer era, which has an error for it; any other failure is an `isError` result
 */
export async function callTool(call: McpCall, deps: ToolCallDeps): Promise<CallToolResult | InputRequiredResult> {
  const makerTool = deps.makerTools.get(call.name);
  try {
    if (makerTool !== undefined) return structuredResult(await makerTool.call(call));
    return await converse(call, deps.caller);
  } catch (error) {
    if (makerTool === undefined && isCodedError(error) && isOfTheProtocol(error, call)) throw error;
    return thrownResult(error, call, deps.log);
  }
}

async function converse(
  { name, args, era, ...request }: McpCall,
  caller: Caller,
): Promise<CallToolResult | InputRequiredResult> {
  const reply = await caller.converse({ ...request, tool: name, input: args });
  if (reply.kind === 'input-required') return inputRequired(reply);
  // The SDK's type knows no tasks; what it checks of a result, it lets through.
  if (reply.kind === 'task') return createdTask(reply.task) as CallToolResult;
  const { result } = reply;
  if (!result.ok && isOfTheProtocol(result.failure, { era })) throw new CodedError(result.failure);
  return runResult(result);
}

function isOfTheProtocol({ code }: Failure, { era }: Pick<McpCall, 'era'>): boolean {
  return BEFORE_THE_TOOL.has(code) || (code === 'CLIENT_UNSUPPORTED' && era === 'newer');
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
