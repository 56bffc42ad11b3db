// What a run is told that its lane ended: what happened, what it used and may use, the way out.

import type { JournalEntry, WaitingCall } from '../contract.ts';
import { sandboxFailure, type Failure } from '../errors.ts';
import { MAX_JOURNAL } from './journal.ts';
import type { LaneRun } from './lane-run.ts';

/** The failure of a run that passed its CPU or wall limit. */
export function limitFailure(code: 'LIMIT_CPU' | 'LIMIT_WALL', run: LaneRun): Failure {
  const { limits } = run.task;
  const tool = nameOf(run);
  if (code === 'LIMIT_CPU') {
    const usedMs = Math.round(run.cpuMs);
    return sandboxFailure(
      code,
      `${tool} used ${usedMs} ms of its ${limits.cpuMs} ms CPU limit; raise limits.cpuMs or do less per call`,
      { limit: 'cpuMs', limitMs: limits.cpuMs, usedMs },
    );
  }
  return sandboxFailure(
    code,
    `${tool} did not end within its ${limits.wallMs} ms wall limit; raise limits.wallMs or wait for less`,
    { limit: 'wallMs', limitMs: limits.wallMs },
  );
}

/** The failure of the run that was executing when its cell died. */
export function crashed(run: LaneRun): Failure {
  const message = `${nameOf(run)} brought down the process it ran in; it used too much memory or hit an engine bug`;
  return sandboxFailure('RUN_CRASHED', message);
}

/** The failure of a run that cannot start over after another one ended its cell. */
export function interrupted(run: LaneRun): Failure {
  const why = run.hadSideEffect ? 'after it had changed something outside' : `${run.attempts} times`;
  return sandboxFailure('RUN_INTERRUPTED', `another run ended the cell ${why}; check what was done, then call again`);
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
