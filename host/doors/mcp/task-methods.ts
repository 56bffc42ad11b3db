// tasks/get, tasks/update and tasks/cancel: methods of an extension, so the SDK has no handlers for them. Those of its
// names that were taken out, tasks/list and tasks/result, stay unknown.

import type { ServerContext, StandardSchemaV1 } from '@modelcontextprotocol/server';
import { hostError, type Log, type Principal } from '#host/base';
import { clientFeatures } from './conversation.ts';
import { answered } from './rpc-errors.ts';
import type { SdkServer } from './sdk-server.ts';
import { TASKS_EXTENSION } from './tasks.ts';
import type { McpBackend } from './types.ts';

/** What the methods work with. */
export interface TaskMethodsDeps {
  readonly backend: McpBackend;
  readonly principal: Principal;
  readonly log: Log;
}

interface TaskParams {
  readonly taskId: string;
}

const TASK_PARAMS: StandardSchemaV1<unknown, TaskParams> = {
  '~standard': {
    version: 1,
    vendor: 'glovebox',
    validate: (value) =>
      isTaskParams(value) ? { value: { taskId: value.taskId } } : { issues: [{ message: 'taskId must be a string' }] },
  },
};

/**
 * Serves the methods on a server of the newer era.
 *
 * @see https://modelcontextprotocol.io/seps/2663-tasks-extension
 */
export function serveTasks(server: SdkServer, { backend, principal, log }: TaskMethodsDeps): void {
  const { tasks } = backend;
  const serve = (
    method: string,
    work: (taskId: string, context: ServerContext) => Promise<Record<string, unknown>>,
  ): void =>
    server.setRequestHandler(method, { params: TASK_PARAMS }, ({ taskId }, context) =>
      answered(log, () => {
        assertDeclared(server, context);
        return work(taskId, context);
      }),
    );

  serve('tasks/get', (taskId) => tasks.get(principal, taskId));
  serve('tasks/update', async (taskId, { mcpReq }) => {
    await tasks.update(principal, taskId, mcpReq.inputResponses ?? {});
    return {};
  });
  serve('tasks/cancel', async (taskId) => {
    await tasks.cancel(principal, taskId);
    return {};
  });
}

/** @throws CLIENT_UNSUPPORTED when the request did not declare the extension: then it cannot hold a handle either */
function assertDeclared(server: SdkServer, context: ServerContext): void {
  if (clientFeatures(context, 'newer', server).tasks) return;
  throw hostError('CLIENT_UNSUPPORTED', `${context.mcpReq.method} is for clients that declare ${TASKS_EXTENSION}`, {
    requiredCapabilities: { extensions: { [TASKS_EXTENSION]: {} } },
  });
}

function isTaskParams(value: unknown): value is TaskParams {
  return typeof value === 'object' && value !== null && 'taskId' in value && typeof value.taskId === 'string';
}
