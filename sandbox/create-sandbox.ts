// The jail as one object: lanes for runs, a workshop for makings, one contract for both.

import { availableParallelism } from 'node:os';

import type { HostCall, RunEvents, RunOutcome, Sandbox } from './contract.ts';
import type { Dispatcher, DispatcherOptions } from './dispatcher.ts';
import { CodedError, isCodedError, plainFailure, sandboxError, sandboxFailure } from './errors.ts';
import type { Job } from './lane-book.ts';
import type { HostWord, RunNotice, RunTask, ToLane } from './lane/messages.ts';
import type { WallSettings } from './lane/wall/wall-settings.ts';
import type { Workshops } from './workshops.ts';

/** Sizes of the jail; every one has a default. */
export interface SandboxOptions {
  /** Lanes that are always there. @default number of cores */
  readonly lanes?: number;
  /** Lanes there may be while runs are parked. @default 4 × lanes */
  readonly maxLanes?: number;
  /** Runs that may wait for a lane. @default 1000 */
  readonly maxQueued?: number;
  /** How long a run may wait, in milliseconds. @default 30_000 */
  readonly queueMs?: number;
  /** How long a lane above the minimum stays without work, in milliseconds. @default 10_000 */
  readonly idleMs?: number;
  /** @default what the machine has */
  readonly walls?: WallSettings;
  /** Epoch milliseconds: what a run's clock shows after an answer. @default Date.now */
  readonly now?: () => number;
}

/**
 * The jail. Its programs are bundled and its first lanes started by the first request, or by `warm`; dispose it to end
 * every child process.
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const lanes = options.lanes ?? availableParallelism();
  const now = options.now ?? Date.now;
  let opening: Promise<OpenJail> | undefined;
  let open: OpenJail | undefined;
  let stopping = false;

  async function jail(): Promise<OpenJail> {
    if (stopping) throw sandboxError('HOST_STOPPING', 'the host is stopping; call another one');
    opening ??= openJail(options.walls, {
      lanes,
      maxLanes: options.maxLanes ?? 4 * lanes,
      maxQueued: options.maxQueued ?? 1000,
      queueMs: options.queueMs ?? 30_000,
      idleMs: options.idleMs ?? 10_000,
    });
    open = await opening;
    return open;
  }

  return {
    async warm() {
      const { makings } = await jail();
      makings.warm();
    },
    async run({ signal, ...request }, events) {
      checkInputSize(request.input);
      const { dispatcher } = await jail();
      using hostSide = new HostSide(events, now);
      const task = events?.log === undefined ? request : { ...request, tellsLog: true };
      return await dispatcher.run(jobOf(task, signal, hostSide));
    },
    async describe({ signal, ...request }) {
      const runId = `describe-${crypto.randomUUID()}`;
      const task = { describe: true, runId, ...request } as const;
      const job = { task, key: `${request.tenant}/${runId}`, digest: '', ...(signal === undefined ? {} : { signal }) };
      return describedBy(await (await jail()).dispatcher.run(job));
    },
    checkContext: async ({ tenant: _, ...request }) => (await jail()).makings.work('context', request),
    render: async ({ tenant: _, ...request }) => (await jail()).makings.work('render', request),
    compile: async ({ tenant: _, ...request }) => (await jail()).makings.work('compile', request),
    compileSchemas: async ({ tenant: _, ...request }) => (await jail()).makings.work('schemas', request),
    stats() {
      const { children, cellsKilled, ...counts } = open?.dispatcher.stats ?? NOTHING;
      const { pids = [], killed = 0 } = open?.makings ?? {};
      return { ...counts, cells: children, children: [...children, ...pids], cellsKilled: cellsKilled + killed };
    },
    async drain(deadlineMs) {
      stopping = true;
      await open?.dispatcher.drain(deadlineMs);
    },
    async [Symbol.asyncDispose]() {
      stopping = true;
      const opened = await opening?.catch(() => undefined);
      await Promise.all([opened?.dispatcher[Symbol.asyncDispose](), opened?.makings[Symbol.asyncDispose]()]);
    },
  };
}

// Larger than any request a door takes.
const MAX_INPUT_BYTES = 16 * 1024 * 1024;

function checkInputSize(input: string): void {
  const bytes = Buffer.byteLength(input);
  if (bytes <= MAX_INPUT_BYTES) return;
  const message = `the input has ${bytes} bytes, over the ${MAX_INPUT_BYTES} a run takes; send less`;
  throw sandboxError('INPUT_INVALID', message, { bytes, limit: MAX_INPUT_BYTES });
}

interface OpenJail {
  readonly dispatcher: Dispatcher;
  readonly makings: Workshops;
}

const NOTHING = { lanes: 0, running: 0, parked: 0, queued: 0, children: [], cellsKilled: 0 };

/** Loads what starts processes and threads: a command that runs nothing does not wait for it. */
async function openJail(
  walls: WallSettings | undefined,
  options: Omit<DispatcherOptions, 'programs'>,
): Promise<OpenJail> {
  const [{ openPrograms }, { Dispatcher }, { Workshops }] = await Promise.all([
    import('./lane/wall/open-programs.ts'),
    import('./dispatcher.ts'),
    import('./workshops.ts'),
  ]);
  const programs = await openPrograms(walls);
  return { dispatcher: new Dispatcher({ ...options, programs }), makings: new Workshops(programs) };
}

function jobOf(task: RunTask, signal: AbortSignal | undefined, hostSide: HostSide): Job {
  return {
    task,
    key: `${task.tenant}/${task.artifact.tool}`,
    digest: task.artifact.digest,
    ...(signal === undefined ? {} : { signal }),
    onNotice: (notice, reply) => hostSide.hear(notice, reply),
  };
}

/** The host's side of one run: its events, and the calls it has not answered yet. */
class HostSide implements Disposable {
  readonly #events: RunEvents | undefined;
  readonly #now: () => number;
  #calls = new AbortController();

  constructor(events: RunEvents | undefined, now: () => number) {
    this.#events = events;
    this.#now = now;
  }

  hear(notice: RunNotice, reply: (answer: ToLane) => void): void {
    switch (notice.type) {
      case 'progress':
        return this.#events?.progress?.(notice.progress);
      case 'log':
        return this.#events?.log?.(notice.line);
      case 'call':
        return void this.#answer(notice, reply);
      case 'restarted':
        this.#calls.abort();
        this.#calls = new AbortController();
        break;
      case 'accepted':
      case 'parked':
      case 'resumed':
        break;
    }
  }

  /** The run has ended: nothing waits for its calls any more. */
  [Symbol.dispose](): void {
    this.#calls.abort();
  }

  async #answer({ runId, attempt, call }: CallNotice, reply: (answer: ToLane) => void): Promise<void> {
    const { signal } = this.#calls;
    const word = await answer({ runId, ...call }, this.#events, signal, this.#now);
    if (!signal.aborted) reply({ runId, attempt, call: call.call, ...word });
  }
}

type CallNotice = Extract<RunNotice, { readonly type: 'call' }>;

async function answer(
  call: HostCall,
  events: RunEvents | undefined,
  signal: AbortSignal,
  now: () => number,
): Promise<HostWord> {
  try {
    if (events?.hostCall === undefined)
      throw sandboxError('GRANT_MISSING', `this host does not offer ${call.capability}`);
    const reply = await events.hostCall(call, signal);
    if (reply === 'suspend') return { type: 'suspend' };
    const { value, sideEffect } = reply;
    return { type: 'answer', ok: true, value, sideEffect, clockMs: now() };
  } catch (error) {
    // A code is a refusal. Without one, whether something was changed cannot be known: better not to run it twice.
    return { type: 'answer', ok: false, value: failureText(error), sideEffect: !isCodedError(error), clockMs: now() };
  }
}

function failureText(error: unknown): string {
  if (isCodedError(error)) return JSON.stringify(plainFailure(error));
  // SECURITY: a text without a code was written for us; it may hold host paths. test/integration/jail/suspension.test.ts holds it.
  return JSON.stringify(sandboxFailure('RUN_INTERRUPTED', 'the host failed while it answered a call of the tool'));
}

function describedBy(outcome: RunOutcome): { readonly input?: string; readonly output?: string } {
  if (!outcome.ok) throw new CodedError(outcome.failure);
  const { input, output } = JSON.parse(outcome.output ?? '{}') as { input?: unknown; output?: unknown };
  return {
    ...(input === undefined ? {} : { input: JSON.stringify(input) }),
    ...(output === undefined ? {} : { output: JSON.stringify(output) }),
  };
}
