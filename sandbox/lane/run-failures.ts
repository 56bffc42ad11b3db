// What a run is told that its lane ended: what happened, what it used and may use, the way out.

import { sandboxFailure, type Failure } from '../errors.ts';
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

function nameOf({ task }: LaneRun): string {
  return 'describe' in task ? 'the tool' : `tool "${task.artifact.tool}"`;
}
