import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { standardPlan } from '../../../../sandbox/lane/cell-plan.ts';
import { CellWear, shareOf } from '../../../../sandbox/lane/cell-wear.ts';

const SHARE = { turns: 3, cpuMs: 1000, rssBytes: 100 };

function wearAfter(...usages: readonly { readonly cpuMs: number; readonly rssBytes: number }[]): boolean {
  const wear = new CellWear(SHARE);
  for (const usage of usages) wear.note(usage);
  return wear.isDone;
}

describe('CellWear', () => {
  const little = { cpuMs: 1, rssBytes: 1 };

  it('is done after its share of turns', () => {
    assert.deepEqual([wearAfter(little, little), wearAfter(little, little, little)], [false, true]);
  });

  it('is done after its share of CPU time', () => {
    assert.deepEqual([wearAfter({ ...little, cpuMs: 999 }), wearAfter({ ...little, cpuMs: 1000 })], [false, true]);
  });

  it('is done while it holds more than its share of memory', () => {
    const full = { ...little, rssBytes: 101 };
    assert.deepEqual([wearAfter(full), wearAfter(full, little)], [true, false]);
  });

  it('counts turns where nobody tells what a process uses', () => {
    const wear = new CellWear(SHARE);
    for (let turn = 0; turn < 3; turn += 1) wear.note(undefined);
    assert.equal(wear.isDone, true);
  });
});

describe('shareOf', () => {
  it('leaves half of its memory to the run that is next', () => {
    const plan = standardPlan('fast');
    assert.equal(shareOf(plan).rssBytes, plan.rssBytes / 2);
  });

  it('is large: a spare costs more than a run', () => {
    const wear = new CellWear(shareOf(standardPlan('strict')));
    for (let turn = 0; turn < 10_000; turn += 1) wear.note({ cpuMs: turn, rssBytes: 50_000_000 });
    assert.equal(wear.isDone, false);
  });
});
