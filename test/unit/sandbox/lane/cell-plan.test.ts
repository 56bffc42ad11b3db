import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { DEFAULT_LIMITS, type Profile } from '#sandbox';
import { isSamePlan, parkedBytesFor, planCell, standardPlan } from '../../../../sandbox/lane/cell-plan.ts';
import type { RunTask } from '../../../../sandbox/lane/messages.ts';

const MIB = 1024 * 1024;

function taskOf(heapBytes: number, profile?: Profile): RunTask {
  return {
    runId: 'run_1',
    tenant: 'local',
    artifact: { digest: 'd', tool: 't', script: '', validators: '', context: 'null' },
    limits: { ...DEFAULT_LIMITS, heapBytes },
    input: '{}',
    seed: '',
    clockMs: 0,
    grants: [],
    ...(profile === undefined ? {} : { profile }),
  };
}

describe('planCell', () => {
  it('is strict unless a run asks for something else', () => {
    assert.deepEqual(planCell(taskOf(64 * MIB)), standardPlan('strict'));
    assert.deepEqual(planCell(taskOf(64 * MIB, 'fast')), standardPlan('fast'));
  });

  it('gives a large heap more, in each profile', () => {
    for (const profile of ['strict', 'fast'] as const) {
      const [small, large] = [planCell(taskOf(128 * MIB, profile)), planCell(taskOf(512 * MIB, profile))];
      assert.deepEqual(small, standardPlan(profile));
      assert.ok(large.dataBytes - small.dataBytes >= 512 * MIB);
      assert.equal(large.dataBytes - small.dataBytes, large.rssBytes - small.rssBytes);
    }
  });

  it('leaves as much to be resident in each profile, and what V8 reserves on top in the fast one', () => {
    const [strict, fast] = [standardPlan('strict'), standardPlan('fast')];
    assert.equal(fast.rssBytes, strict.rssBytes);
    assert.ok(strict.dataBytes < strict.rssBytes && fast.dataBytes > 3072 * MIB);
  });
});

describe('isSamePlan', () => {
  it('tells profiles and sizes apart', () => {
    const plans = [64, 512].flatMap((mib) =>
      (['strict', 'fast'] as const).map((profile) => planCell(taskOf(mib * MIB, profile))),
    );
    for (const [at, plan] of plans.entries()) {
      assert.deepEqual(
        plans.map((other) => isSamePlan(plan, other)),
        plans.map((_, other) => other === at),
      );
    }
  });
});

describe('parkedBytesFor', () => {
  it('leaves room for a running isolate', () => {
    assert.equal(parkedBytesFor(standardPlan('strict')), 192 * MIB);
    assert.equal(parkedBytesFor(standardPlan('fast')), 192 * MIB);
  });
});
