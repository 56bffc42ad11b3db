// Calls that outlive their requests. The store holds the truth about each; every change of it counts a revision up, so
// that of two who change a task at once one looks again.
//
// SECURITY: a handle is unguessable and good for its principal alone; somebody else's does not exist.
// INVARIANT: a task is executed only by the process whose write made it `working`, and never again by itself.
// test/integration/tasks.test.ts holds both.

import { setTimeout as delay } from 'node:timers/promises';

import { sandboxError } from '#sandbox';
import { hostError, type Principal } from '#host/base';
import type { Store, TaskRow } from '#host/store';
import { areAnswered, takeAnswers, toJournal } from '../conversation/open-calls.ts';
import { journalText } from '../conversation/suspensions.ts';
import type { Task, Tasks } from '../types.ts';
import { Leases } from './leases.ts';
import {
  beginningOf,
  cancelled,
  failed,
  LONGEST_MS,
  newTaskRow,
  openCallsOf,
  toTask,
  working,
  type TaskChange,
  type TaskStart,
} from './task-rows.ts';
import { failureOf, interrupted, work, type WorkDeps } from './work.ts';

/** What tasks need. */
export interface TasksDeps extends WorkDeps {
  readonly store: Pick<Store, 'tasks'>;
}

/** Tasks, and how a call becomes one. */
export interface TaskBoard extends Tasks {
  /** For a call that may become a task, before anything runs. @throws HOST_BUSY, HOST_STOPPING, STORE_… */
  assertRoom(principal: Principal): Promise<void>;
  /** Begins a task: it is in the store before this resolves. @throws TOOL_QUARANTINED, STORE_… */
  start(start: TaskStart): Promise<Task>;
  /** See {@link Caller.drain}. */
  drain(deadlineMs: number): Promise<void>;
}

const MAX_OPEN = 1000;
const STARTED_BETWEEN_PRUNINGS = 20;
const PRUNED_AT_ONCE = 100;

/** The tasks of a store, worked on in this process. */
export function createTasks(deps: TasksDeps): TaskBoard {
  return new StoredTasks(deps);
}

class StoredTasks implements TaskBoard {
  readonly #deps: TasksDeps;
  readonly #leases: Leases;
  #started = 0;
  #isStopping = false;

  constructor(deps: TasksDeps) {
    this.#deps = deps;
    this.#leases = new Leases(deps.store.tasks, deps.clock);
  }

  async assertRoom({ tenant, id }: Principal): Promise<void> {
    this.#assertRunning();
    const { store, clock } = this.#deps;
    const open = await store.tasks.countOpen(tenant, id, clock.now());
    if (open < MAX_OPEN) return;
    const retryAfterMs = 1000;
    const message = `${open} tasks of this principal are open already; let some end, or cancel them`;
    throw sandboxError('HOST_BUSY', message, { retryAfterMs, open });
  }

  async start(start: TaskStart): Promise<Task> {
    const { store, clock, quarantine, capabilities } = this.#deps;
    const { subject } = start;
    await quarantine.assertFree(subject.tenant, subject.subject, subject.digest);
    const row = { ...newTaskRow(start, clock.now()), ...working(this.#leases.owner, this.#leases.next()) };
    await store.tasks.insert(row);
    this.#workOn(row);
    void this.#prune();
    return toTask(row, capabilities);
  }

  async get(principal: Principal, taskId: string): Promise<Task> {
    const row = await this.#read(principal, taskId);
    return toTask(row, this.#deps.capabilities);
  }

  async update(principal: Principal, taskId: string, answers: Readonly<Record<string, unknown>>): Promise<void> {
    for (;;) {
      this.#assertRunning();
      const row = await this.#read(principal, taskId);
      if (row.state !== 'input_required' || (await this.#answer(row, answers))) return;
    }
  }

  async cancel(principal: Principal, taskId: string): Promise<void> {
    for (;;) {
      const row = await this.#read(principal, taskId);
      if (row.state !== 'working' && row.state !== 'input_required') return;
      if (await this.#change(row, cancelled())) break;
    }
    // Another process that works on it sees it when it renews its lease.
    this.#leases.abort(taskId);
  }

  async drain(deadlineMs: number): Promise<void> {
    this.#isStopping = true;
    const { promise: deadline, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, deadlineMs);
    await Promise.race([this.#leases.idle(), deadline]);
    clearTimeout(timer);
    this.#leases.abortAll();
    await this.#leases.idle();
  }

  /** Writes what answers fit, and goes on with the last of them; whether the row was still as read. */
  async #answer(row: TaskRow, answers: Readonly<Record<string, unknown>>): Promise<boolean> {
    const { capabilities, clock } = this.#deps;
    const before = openCallsOf(row);
    const open = takeAnswers(before, answers, row.tool, capabilities);
    if (open.every((call, index) => call === before[index])) return true;
    const now = clock.now();
    // Before any of them is kept: an answer too many can still be given shorter.
    const journal = journalText([...(beginningOf(row).journal ?? []), ...toJournal(open, now)]);
    if (!areAnswered(open)) return this.#change(row, { waiting: JSON.stringify(open) });
    const change = {
      ...working(this.#leases.owner, this.#leases.next()),
      journal,
      expires_at: Math.max(row.expires_at, now + LONGEST_MS),
    };
    if (!(await this.#change(row, change))) return false;
    this.#workOn({ ...row, ...change, revision: row.revision + 1 });
    return true;
  }

  #workOn(row: TaskRow): void {
    this.#leases.hold(row.task_id, async (signal) => {
      const end = await work(row, signal, this.#deps);
      // Called off: by its caller or another process, who said so in the row, or because this one stops.
      await this.#finish(row, end ?? failed(interrupted()));
    });
  }

  /** A store that is busy or full is asked again: the lease is renewed meanwhile, so the task reads as working. */
  async #finish(row: TaskRow, change: TaskChange): Promise<void> {
    let next = change;
    for (let attempt = 1; attempt <= MAX_FINISHES; attempt += 1) {
      try {
        await this.#change(row, next);
        return;
      } catch (error) {
        if (attempt === MAX_FULL_FINISHES) next = failed(failureOf(error));
        if (this.#isStopping) return;
        await delay(FINISH_AGAIN_MS);
      }
    }
  }

  /** A task of the principal's, as it truly stands. @throws TASK_NOT_FOUND */
  async #read(principal: Principal, taskId: string): Promise<TaskRow> {
    const { store, clock } = this.#deps;
    for (;;) {
      const row = await store.tasks.find(principal.tenant, taskId);
      if (row === undefined || row.principal !== principal.id || row.expires_at <= clock.now()) throw notFound(taskId);
      const isAbandoned = row.state === 'working' && (row.leased_until ?? 0) < clock.now();
      if (!isAbandoned || this.#leases.holds(taskId)) return row;
      await this.#change(row, failed(interrupted()));
    }
  }

  /** Writes a change if nobody wrote another one before. */
  #change(row: TaskRow, change: Partial<TaskChange>): Promise<boolean> {
    const { store, clock } = this.#deps;
    return store.tasks.update(row, { ...change, updated_at: clock.now() });
  }

  #assertRunning(): void {
    if (this.#isStopping) throw sandboxError('HOST_STOPPING', 'the host is stopping; call another one');
  }

  async #prune(): Promise<void> {
    this.#started += 1;
    if (this.#started % STARTED_BETWEEN_PRUNINGS !== 1) return;
    try {
      await this.#deps.store.tasks.prune(this.#deps.clock.now(), PRUNED_AT_ONCE);
    } catch {
      // The store is busy or closing. The next pruning takes what this one left.
    }
  }
}

const MAX_FINISHES = 60;
const MAX_FULL_FINISHES = 5;
const FINISH_AGAIN_MS = 1000;

function notFound(taskId: string): Error {
  const message = 'there is no such task: it was never yours, or its time to live has passed';
  return hostError('TASK_NOT_FOUND', message, { taskId: taskId.slice(0, 100) });
}
