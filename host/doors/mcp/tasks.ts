// Calls that outlive their requests, in the words of the tasks extension.

import type { Result } from '@modelcontextprotocol/server';
import type { Caller, Task } from '#host/calling';
import { rpcErrorOf } from './rpc-errors.ts';
import { runResult } from './results.ts';
import type { McpTasks } from './types.ts';

/**
 * The extension's id, among capabilities of servers and clients.
 *
 * @see https://modelcontextprotocol.io/seps/2663-tasks-extension
 */
export const TASKS_EXTENSION = 'io.modelcontextprotocol/tasks';

/** Serves the caller's tasks. */
export function createTasks({ tasks }: Caller): McpTasks {
  return {
    get: async (principal, taskId) => detailedTask(await tasks.get(principal, taskId)),
    update: (principal, taskId, answers) => tasks.update(principal, taskId, answers),
    cancel: (principal, taskId) => tasks.cancel(principal, taskId),
  };
}

/** The answer to the call that became a task. How it ended is for tasks/get to say, even if it has ended by now. */
export function createdTask(task: Task): Result {
  return { resultType: 'task', ...taskFields(task) };
}

/** The answer to tasks/get: the task, and what its state brings along. */
export function detailedTask(task: Task): Result {
  return { ...taskFields(task), ...outcome(task) };
}

function taskFields({ taskId, state, createdAt, updatedAt, ttlMs, pollIntervalMs }: Task) {
  return {
    taskId,
    status: state,
    createdAt: new Date(createdAt).toISOString(),
    lastUpdatedAt: new Date(updatedAt).toISOString(),
    ttlMs,
    pollIntervalMs,
  };
}

function outcome(task: Task): Readonly<Record<string, unknown>> {
  switch (task.state) {
    case 'working':
    case 'cancelled':
      return {};
    case 'input_required':
      return { inputRequests: task.requests };
    case 'completed':
      return { result: runResult(task.result) };
    case 'failed':
      return { error: rpcErrorOf(task.failure) };
  }
}
