// Between tasks and rows: one state, one set of columns.

import { randomBytes } from 'node:crypto';

import { LIMIT_CEILINGS, plainFailure, type ClientFeatures, type Failure, type JournalEntry } from '#sandbox';
import { hostError, type Principal } from '#host/base';
import type { Capabilities } from '#host/capabilities';
import type { TaskRow } from '#host/store';
import type { ConversationBeginning } from '../conversation/converse.ts';
import { requestsOf, type OpenCall } from '../conversation/open-calls.ts';
import { journalText } from '../conversation/suspensions.ts';
import type { Subject } from '../subject.ts';
import type { Task, ToolCallResult } from '../types.ts';

/** A call that becomes a task. */
export interface TaskStart {
  readonly principal: Principal;
  readonly subject: Subject;
  /** JSON text. */
  readonly input: string;
  readonly beginning: ConversationBeginning;
}

/** The columns that change when a task gets into another state. */
export type TaskChange = Pick<TaskRow, 'state' | 'owner' | 'leased_until' | 'waiting' | 'result'> &
  Partial<Pick<TaskRow, 'journal' | 'run_id' | 'expires_at'>>;

const KEPT_MS = 60 * 60 * 1000;
/** How long after it goes on any task is kept. */
export const LONGEST_MS: number = KEPT_MS + LIMIT_CEILINGS.taskMs;
const POLL_INTERVAL_MS = 500;

/** A new task's row, before any process works on it. */
export function newTaskRow({ principal, subject, input, beginning }: TaskStart, now: number): TaskRow {
  return {
    tenant: subject.tenant,
    task_id: `task_${randomBytes(24).toString('base64url')}`,
    revision: 1,
    principal: principal.id,
    tool: subject.subject,
    version: subject.version,
    digest: subject.digest,
    state: 'working',
    created_at: now,
    updated_at: now,
    expires_at: now + KEPT_MS + taskMsOf(subject),
    owner: null,
    leased_until: null,
    input,
    seed: beginning.seed,
    clock_ms: beginning.clockMs,
    client: JSON.stringify(beginning.client),
    journal: journalText(beginning.journal ?? []),
    waiting: null,
    run_id: beginning.continues ?? null,
    result: null,
  };
}

/** How long a task may take, in milliseconds. */
export function taskMsOf({ limits }: Subject): number {
  return limits.taskMs ?? limits.wallMs;
}

/** How a task that goes on begins. */
export function beginningOf(row: TaskRow): ConversationBeginning {
  return {
    seed: row.seed,
    clockMs: row.clock_ms,
    client: JSON.parse(row.client) as ClientFeatures,
    journal: JSON.parse(row.journal) as JournalEntry[],
    ...(row.run_id === null ? {} : { continues: row.run_id }),
  };
}

/** The calls a task waits for. */
export function openCallsOf(row: TaskRow): readonly OpenCall[] {
  return row.waiting === null ? [] : (JSON.parse(row.waiting) as OpenCall[]);
}

const AT_REST = { owner: null, leased_until: null, waiting: null, result: null } as const;

/** A process works on it, as long as it renews its lease. */
export function working(owner: string, leasedUntil: number): TaskChange {
  return { ...AT_REST, state: 'working', owner, leased_until: leasedUntil };
}

/** It waits for its client. */
export function inputRequired(open: readonly OpenCall[], journal: readonly JournalEntry[], runId: string): TaskChange {
  const waiting = JSON.stringify(open);
  return { ...AT_REST, state: 'input_required', waiting, journal: journalText(journal), run_id: runId };
}

/** The tool ended. */
export function completed(result: ToolCallResult): TaskChange {
  return { ...AT_REST, state: 'completed', result: JSON.stringify(result), run_id: result.runId };
}

/** The host could not bring it to its end. */
export function failed(failure: Failure): TaskChange {
  return { ...AT_REST, state: 'failed', result: JSON.stringify(plainFailure(failure)) };
}

/** Its caller does not want it any more. */
export function cancelled(): TaskChange {
  return { ...AT_REST, state: 'cancelled' };
}

/** The task a row is. */
export function toTask(row: TaskRow, capabilities: Capabilities): Task {
  const common = {
    taskId: row.task_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ttlMs: row.expires_at - row.created_at,
    pollIntervalMs: POLL_INTERVAL_MS,
  };
  switch (row.state) {
    case 'working':
    case 'cancelled':
      return { ...common, state: row.state };
    case 'input_required':
      return { ...common, state: row.state, requests: requestsOf(openCallsOf(row), row.tool, capabilities) };
    case 'completed':
      return { ...common, state: row.state, result: JSON.parse(row.result ?? '') as ToolCallResult };
    case 'failed':
      return { ...common, state: row.state, failure: JSON.parse(row.result ?? '') as Failure };
    default:
      throw hostError('STORE_FAILED', `a task is in the unknown state "${row.state}"`);
  }
}
