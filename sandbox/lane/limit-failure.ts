// What a run is told that passed a limit of time: what it used, what it may, the way out.

import { sandboxFailure, type Failure } from '../errors.ts';
import type { LaneRun } from './lane-run.ts';

/** The failure of a run that passed its CPU or wall limit. */
export function limitFailure(code: 'LIMIT_CPU' | 'LIMIT_WALL', run: LaneRun): Failure {
  const { limits } = run.task;
  const tool = 'describe' in run.task ? 'the tool' : `tool "${run.task.artifact.tool}"`;
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
