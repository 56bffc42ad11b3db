// The jail as one object: lanes for runs, a workshop for makings, one contract for both.

import { availableParallelism } from 'node:os';

import type { HostCall, RunEvents, RunOutcome, RunRequest, Sandbox } from './contract.ts';
import { Dispatcher, type DispatcherOptions, type Job } from './dispatcher.ts';
import { CodedError, isCodedError, sandboxError } from './errors.ts';
import type { FromLane, ToLane } from './lane/messages.ts';
import { bundlePrograms } from './programs.ts';
import { Workshops } from './workshops.ts';

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
    open = await (opening ??= openJail({
      lanes,
      maxLanes: options.maxLanes ?? 4 * lanes,
      maxQueued: options.maxQueued ?? 1000,
      queueMs: options.queueMs ?? 30_000,
      idleMs: options.idleMs ?? 10_000,
    }));
    return open;
  }

  return {
    warm: async () => void (await jail()),
    run: async ({ signal, ...task }, events) => (await jail()).dispatcher.run(jobOf(task, signal, events, now)),
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
      return { ...counts, children: [...children, ...pids], cellsKilled: cellsKilled + killed };
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

interface OpenJail {
  readonly dispatcher: Dispatcher;
  readonly makings: Workshops;
}

const NOTHING = { lanes: 0, running: 0, parked: 0, queued: 0, children: [], cellsKilled: 0 };

async function openJail(options: Omit<DispatcherOptions, 'programs'>): Promise<OpenJail> {
  const programs = await bundlePrograms();
  return { dispatcher: new Dispatcher({ ...options, programs }), makings: new Workshops(programs) };
}

function jobOf(
  task: Omit<RunRequest, 'signal'>,
  signal: AbortSignal | undefined,
  events: RunEvents | undefined,
  now: () => number,
): Job {
  // Ends the host's side of calls whose run ended first, or starts over.
  let calls = new AbortController();
  return {
    task,
    key: `${task.tenant}/${task.artifact.tool}`,
    digest: task.artifact.digest,
    ...(signal === undefined ? {} : { signal }),
    onMessage(message: FromLane, reply: (answer: ToLane) => void) {
      if (message.type === 'progress') events?.progress?.(JSON.parse(message.text));
      else if (message.type === 'calls-void') {
        calls.abort();
        calls = new AbortController();
      } else if (message.type === 'call') {
        const { runId, callId, capability, args } = message;
        void answer({ runId, capability, args }, events, calls.signal).then((outcome) =>
          reply({ type: 'answer', runId, callId, clockMs: now(), ...outcome }),
        );
      }
    },
  };
}

async function answer(call: HostCall, events: RunEvents | undefined, signal: AbortSignal) {
  try {
    if (events?.hostCall === undefined) throw sandboxError('GRANT_MISSING', `this host does not offer ${call.capability}`);
    const { value, sideEffect } = await events.hostCall(call, signal);
    return { ok: true, text: value, sideEffect };
  } catch (error) {
    const code = isCodedError(error) ? error.code : 'TOOL_FAILED';
    const message = error instanceof Error ? error.message : 'the host call failed';
    // Whether it changed something before it failed cannot be known: better not to run it twice.
    return { ok: false, text: JSON.stringify({ code, message }), sideEffect: true };
  }
}

function describedBy(outcome: RunOutcome): { readonly input?: string; readonly output?: string } {
  if (!outcome.ok) throw new CodedError(outcome.failure);
  const { input, output } = JSON.parse(outcome.output) as { input?: unknown; output?: unknown };
  return {
    ...(input === undefined ? {} : { input: JSON.stringify(input) }),
    ...(output === undefined ? {} : { output: JSON.stringify(output) }),
  };
}
