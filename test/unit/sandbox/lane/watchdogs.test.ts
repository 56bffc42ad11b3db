import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { DEFAULT_LIMITS } from '#sandbox';
import { LaneRun } from '../../../../sandbox/lane/lane-run.ts';
import { findPassed } from '../../../../sandbox/lane/watchdogs.ts';
import { toolOf } from '../../../fixtures/jail/tools.ts';

/** A run with these limits that began to execute at 0 ms, in a cell that had burned nothing. */
function begin(cpuMs: number, wallMs: number): LaneRun {
  const artifact = toolOf('any', '');
  const limits = { ...DEFAULT_LIMITS, cpuMs, wallMs };
  const task = { runId: 'run', tenant: 'local', artifact, limits, input: '{}', seed: '', clockMs: 0, grants: [] };
  const run = new LaneRun(task, 0, { ask() {}, deliver() {} });
  run.begin(0, { cpuMs: 0, rssBytes: 0 }, true);
  return run;
}

interface Look {
  readonly cpuMs: number;
  readonly now: number;
  readonly rssBytes?: number;
}

/** The code of what a run has passed when it is looked at. */
function passed(run: LaneRun, { cpuMs, now, rssBytes = 0 }: Look): string | undefined {
  run.look(now, { cpuMs, rssBytes });
  return findPassed(run, { now, rssBytes, maxRssBytes: 1000 })?.code;
}

describe('findPassed', () => {
  it('finds nothing while no limit is passed', () => {
    assert.equal(passed(begin(100, 100), { cpuMs: 100, now: 100, rssBytes: 1000 }), undefined);
  });

  // Proves jail.first-watchdog.
  it('names the limit that was passed first when a look finds two', () => {
    assert.equal(passed(begin(100, 110), { cpuMs: 130, now: 130 }), 'LIMIT_CPU');
    assert.equal(passed(begin(110, 100), { cpuMs: 130, now: 130 }), 'LIMIT_WALL');
    assert.equal(passed(begin(100, 1000), { cpuMs: 200, now: 1050 }), 'LIMIT_CPU');
    assert.equal(passed(begin(1000, 100), { cpuMs: 1020, now: 1100 }), 'LIMIT_WALL');
  });

  it('names memory before all else: what is over ends at once', () => {
    assert.equal(passed(begin(100, 100), { cpuMs: 500, now: 500, rssBytes: 1001 }), 'LIMIT_RSS');
  });

  it('counts silence from the last CPU that was burned', () => {
    const run = begin(10_000, 30_000);
    assert.equal(passed(run, { cpuMs: 10, now: 1900 }), undefined);
    assert.equal(passed(run, { cpuMs: 10, now: 3800 }), undefined);
    assert.equal(passed(run, { cpuMs: 20, now: 3850 }), undefined);
    assert.equal(passed(run, { cpuMs: 20, now: 5860 }), 'RUN_STALLED');
  });

  it('hears no silence where nobody tells of CPU', () => {
    const run = begin(100, 30_000);
    run.begin(0, undefined, true);
    assert.equal(findPassed(run, { now: 20_000, rssBytes: 0, maxRssBytes: 1000 }), undefined);
  });
});
