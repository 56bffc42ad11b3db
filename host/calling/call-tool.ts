// Tools: called by whoever waits for the result, or in a conversation with a client.

import type { ClientFeatures } from '#sandbox';
import { clientUnsupported } from '#host/capabilities';
import type { Registry } from '#host/registry';
import { converse, type ConverseDeps } from './conversation/converse.ts';
import { begin, execute } from './execute.ts';
import { inputText } from './input-text.ts';
import { toolResult } from './results.ts';
import { toolSubject, type Subject } from './subject.ts';
import type { TaskBoard } from './tasks/create-tasks.ts';
import { taskMsOf } from './tasks/task-rows.ts';
import type { CallEnded, Conversation, InputRequired, TaskStarted, ToolCall, ToolCallResult } from './types.ts';

/** What calling tools needs. */
export interface CallToolDeps extends ConverseDeps {
  readonly registry: Pick<Registry, 'get' | 'getSource'>;
  readonly tasks: Pick<TaskBoard, 'assertRoom' | 'start'>;
}

/** See {@link Caller.call}. */
export async function callTool(call: ToolCall, deps: CallToolDeps): Promise<ToolCallResult> {
  const { registry, clock } = deps;
  const input = inputText(call.input);
  const subject = toolSubject(await registry.get(call.principal.tenant, call.tool), registry);
  const execution = { call, subject, input, beginning: begin(clock) };
  const isTask = subject.task !== undefined;
  const executed = await execute(isTask ? { ...execution, wallMs: taskMsOf(subject) } : execution, deps);
  return toolResult(subject, executed);
}

/** See {@link Caller.converse}. */
export async function converseWithTool(
  call: ToolCall & Conversation,
  deps: CallToolDeps,
): Promise<CallEnded<ToolCallResult> | InputRequired | TaskStarted> {
  const { tasks, clock } = deps;
  const { principal, client, state, tool: target } = call;
  const input = inputText(call.input);
  // A call that begins looks once; one that goes on looks for the version its state names.
  const first = state === undefined ? await findTool(call, undefined, deps) : undefined;
  if (first?.task?.from === 'start' && client.tasks) {
    const beginning = { ...begin(clock), client };
    return { kind: 'task', task: await tasks.start({ principal, subject: first, input, beginning }) };
  }
  const find = async (version?: number): Promise<Subject> => first ?? findTool(call, version, deps);
  const end = await converse({ call, target, input, find }, deps);
  switch (end.kind) {
    case 'input-required':
      return end;
    case 'background':
      return { kind: 'task', task: await tasks.start({ principal, input, ...end }) };
    case 'ended':
      return { kind: 'result', result: toolResult(end.subject, end.executed) };
  }
}

/** @throws TOOL_NOT_FOUND, VERSION_NOT_FOUND, CLIENT_UNSUPPORTED, HOST_BUSY, HOST_STOPPING */
async function findTool(
  { principal, tool, client }: ToolCall & Conversation,
  version: number | undefined,
  { registry, tasks }: CallToolDeps,
): Promise<Subject> {
  const [name = ''] = tool.split('@', 1);
  const reference = version === undefined ? tool : `${name}@${version}`;
  const subject = toolSubject(await registry.get(principal.tenant, reference), registry);
  if (subject.task === undefined) return subject;
  assertKnowsTasks(subject, client);
  if (client.tasks) await tasks.assertRoom(principal);
  return subject;
}

const TASKS = { extensions: { 'io.modelcontextprotocol/tasks': {} } };

function assertKnowsTasks({ subject, task }: Subject, client: ClientFeatures): void {
  if (task?.support !== 'required' || client.tasks) return;
  const message = `tool "${subject}" works as a task only, and this client does not declare the tasks extension`;
  throw clientUnsupported(message, TASKS);
}
