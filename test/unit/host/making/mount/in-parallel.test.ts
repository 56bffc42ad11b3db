import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { inParallel } from '../../../../../host/making/mount/in-parallel.ts';

describe('inParallel', () => {
  it('does so many at a time, and gives results in the order of the items', async () => {
    let atOnce = 0;
    let most = 0;
    const results = await inParallel([5, 1, 3, 0, 2, 4], 3, async (turns) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      atOnce -= 1;
      return turns * 2;
    });
    assert.deepEqual(results, [10, 2, 6, 0, 4, 8]);
    assert.equal(most, 3);
    assert.deepEqual(await inParallel([], 3, () => Promise.resolve(1)), []);
  });

  it('begins nothing further after a failure', async () => {
    const begun: number[] = [];
    const work = async (item: number): Promise<void> => {
      begun.push(item);
      await Promise.resolve();
      if (item === 1) throw new Error('one');
    };
    await assert.rejects(inParallel([0, 1, 2, 3, 4, 5, 6, 7], 2, work), /one/);
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(begun.length < 6, String(begun));
  });
});
