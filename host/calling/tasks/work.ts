// One stretch of work on a task: an execution, until the task ends or waits for its client, and what the row says then.

import { setTimeout as delay } from 'node:timers/promises';

import { isCodedError, plainFailure, sandboxFailure, type Failure } from '#sandbox';
import { hostFailure, type TenantId } from '#host/base';
import type { TaskRow } from '#host/store';
import { execute, isSuspended, type Executed, type ExecuteDeps } from '../execute.ts';
import { toolResult } from '../results.ts';
import { assertSame, type Subject } from '../subject.ts';
import { beginningOf, completed, failed, inputRequired, taskMsOf, type TaskChange } from './task-rows.ts';

/** What working on tasks needs. */
export interface WorkDeps extends ExecuteDeps {
  /** A tool's version. @throws TOOL_NOT_FOUND, VERSION_NOT_FOUND */
  find(tenant: TenantId, tool: string, version: number): Promise<Subject>;
}

const BUSY_MS = 500;

/** Works on a task until it is in another state; undefined when it was called off. Never rejects. */
export async function work(row: TaskRow, signal: AbortSignal, deps: WorkDeps): Promise<TaskChange | undefined> {
  try {
    const subject = assertSame(await deps.find(row.tenant as TenantId, row.tool, row.version), row);
    return changeAfter(await executeWhenFree(row, subject, signal, deps), subject, signal);
  } catch (error) {
    return signal.aborted ? undefined : failed(failureOf(error));
  }
}

/** A full host is waited for: nobody waits for the reply. */
async function executeWhenFree(row: TaskRow, subject: Subject, signal: AbortSignal, deps: WorkDeps): Promise<Executed> {
  const principal = { tenant: subject.tenant, id: row.principal };
  const beginning = beginningOf(row);
  const { client } = beginning;
  const wallMs = taskMsOf(subject);
  const givesUpAt = deps.clock.elapsed() + wallMs;
  for (;;) {
    try {
      const call = { principal, signal };
      return await execute({ call, subject, input: row.input, beginning, client, inTask: true, wallMs }, deps);
    } catch (error) {
      if (!isCodedError(error) || error.code !== 'HOST_BUSY' || deps.clock.elapsed() > givesUpAt) throw error;
      await delay(BUSY_MS, undefined, { signal });
    }
  }
}

function changeAfter(executed: Executed, subject: Subject, signal: AbortSignal): TaskChange | undefined {
  const { runId, outcome } = executed;
  if (isSuspended(outcome)) return inputRequired(outcome.waiting, outcome.journal, runId);
  if (outcome.ok) return completed(toolResult(subject, executed));
  const { failure } = outcome;
  if (failure.code === 'RUN_CANCELLED' && signal.aborted) return undefined;
  return isHosts(failure) ? failed(failure) : completed(toolResult(subject, executed));
}

/** Whether the tool could not come to its end, rather than come to a bad one. */
function isHosts({ code, fault }: Failure): boolean {
  return fault === 'host' || code === 'CLIENT_UNSUPPORTED';
}

/** What was thrown, as a failure. */
export function failureOf(error: unknown): Failure {
  if (isCodedError(error)) return plainFailure(error);
  return hostFailure('INTERNAL', 'the host failed while it worked on the task');
}

/** The failure of a task whose process is gone. */
export function interrupted(): Failure {
  const message =
    'the process that worked on the task is gone; it was not run again: check what it did, then call again';
  return sandboxFailure('RUN_INTERRUPTED', message);
}
