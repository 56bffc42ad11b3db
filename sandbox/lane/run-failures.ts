// What a run is told that its lane ended: what happened, what it used and may use, the way out.

import type { JournalEntry, WaitingCall } from '../contract.ts';
import { sandboxFailure, type Failure } from '../errors.ts';
import { MAX_JOURNAL } from './journal.ts';
import type { ChildExit } from './child.ts';
import type { LaneRun } from './lane-run.ts';

/** The failure of a run that passed its CPU or wall limit. `data` names the limit, its value and what was used. */
export function limitFailure(code: 'LIMIT_CPU' | 'LIMIT_WALL', run: LaneRun): Failure {
  const { limits } = run.task;
  const tool = nameOf(run);
  if (code === 'LIMIT_CPU') {
    const usedMs = Math.round(run.cpuMs);
    return sandboxFailure(
      code,
      `${tool} used ${usedMs} ms of its ${limits.cpuMs} ms CPU limit; raise limits.cpuMs or do less per call`,
      { limit: 'cpuMs', value: limits.cpuMs, used: usedMs },
    );
  }
  return sandboxFailure(
    code,
    `${tool} did not end within its ${limits.wallMs} ms wall limit; raise limits.wallMs or wait for less`,
    { limit: 'wallMs', value: limits.wallMs },
  );
}

/** The failure of the run in whose turn the resident size of its cell passed what that may be. */
export function tooResident(run: LaneRun, rssBytes: number, maxRssBytes: number): Failure {
  return sandboxFailure(
    'LIMIT_RSS',
    `${nameOf(run)} brought the process it ran in to ${rssBytes} resident bytes, over the ${maxRssBytes} that process may have; keep less`,
    { limit: 'rssBytes', value: maxRssBytes, used: rssBytes },
  );
}

/** The failure of the run whose turn stood still. */
export function stalled(run: LaneRun, silenceMs: number): Failure {
  const message = `${nameOf(run)} did not burn any CPU for ${silenceMs} ms while it executed: its process was stopped, or the engine hangs`;
  return sandboxFailure('RUN_STALLED', message, { limit: 'silenceMs', value: silenceMs });
}

/** The failure of the run that was executing when its cell died. */
export function crashed(run: LaneRun, { signal, code }: Pick<ChildExit, 'signal' | 'code'>): Failure {
  const message = `${nameOf(run)} brought down the process it ran in; it used too much memory or hit an engine bug`;
  return sandboxFailure('RUN_CRASHED', message, { ended: signal ?? `exit ${String(code)}` });
}

/** A failure that the cell told of, with the limit it speaks of. */
export function withLimit(failure: Failure, { task }: LaneRun): Failure {
  if (failure.code !== 'LIMIT_HEAP') return failure;
  return { ...failure, data: { limit: 'heapBytes', value: task.limits.heapBytes } };
}

/** The failure of a run that cannot start over after its cell ended. */
export function interrupted(run: LaneRun): Failure {
  const why = run.hadSideEffect ? 'after it had changed something outside' : `${run.attempts} times`;
  const message = `the process ${nameOf(run)} ran in ended ${why}, through no fault of the run's`;
  return sandboxFailure('RUN_INTERRUPTED', `${message}; check what was done, then call again`);
}

/** The failure of a run that would leave no room for the others in its cell. */
export function crowded(run: LaneRun): Failure {
  const message = `${nameOf(run)} holds ${run.heapUsedBytes} bytes while it waits for the host, and others in its cell hold the rest`;
  return sandboxFailure('RUN_INTERRUPTED', `${message}; keep less across host calls, or call again later`);
}

/** The failure of a run that waits for its host's client alone. */
export function suspended(run: LaneRun, waiting: readonly WaitingCall[]): Failure {
  const calls = waiting.map(({ call }) => call);
  return sandboxFailure('RUN_SUSPENDED', `${nameOf(run)} waits for an answer of its client`, { calls });
}

/** The failure of a run that does not ask for an answer it had before. */
export function diverged(run: LaneRun, { call, capability }: JournalEntry): Failure {
  const message = `${nameOf(run)} was run again with the answers it had, and did not make call ${call} (${capability}) as before`;
  const wayOut = 'what it asks may depend on its input, its context and the answers before, and on nothing else';
  return sandboxFailure('RUN_DIVERGED', `${message}; ${wayOut}`, { call, capability });
}

/** The failure of a run that was answered more than the host keeps. */
export function answeredTooMuch(run: LaneRun): Failure {
  const message = `${nameOf(run)} got answers of more than ${MAX_JOURNAL} characters, arguments included; ask for less per run`;
  return sandboxFailure('LIMIT_HOST_CALLS', message, { limit: 'journal', value: MAX_JOURNAL });
}

function nameOf({ task }: LaneRun): string {
  return 'describe' in task ? 'the tool' : `tool "${task.artifact.tool}"`;
}
