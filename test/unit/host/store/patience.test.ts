import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { systemClock } from '#host/base';
import { Patience } from '../../../../host/store/patience.ts';
import { Passing, storeFull } from '../../../../host/store/store-errors.ts';

const busy = new Passing(new Error('database is locked'));

describe('Patience', () => {
  it('retries while the attempt fails with what will pass', async () => {
    let attempts = 0;
    const result = await new Patience(systemClock, 1000).retry(() => {
      attempts += 1;
      if (attempts < 4) throw busy;
      return 'through';
    });
    assert.equal(result, 'through');
    assert.equal(attempts, 4);
  });

  it('rejects with STORE_BUSY and the time waited when it runs out', async () => {
    await assert.rejects(
      new Patience(systemClock, 30).retry(() => {
        throw busy;
      }),
      (error: { code: string; data: { waitedMs: number } }) => error.code === 'STORE_BUSY' && error.data.waitedMs >= 29,
    );
  });

  it('does not retry what waiting cannot heal', async () => {
    let attempts = 0;
    const failing = new Patience(systemClock, 1000).retry(() => {
      attempts += 1;
      throw storeFull(new Error('disk full'));
    });
    await assert.rejects(failing, { code: 'STORE_FULL' });
    assert.equal(attempts, 1);
  });

  it('counts all waits of a request together', () => {
    let now = 0;
    const patience = new Patience({ now: () => 0, elapsed: () => now }, 100);
    now = 60;
    assert.equal(patience.leftMs, 40);
    now = 160;
    assert.equal(patience.leftMs, 0);
    assert.equal(patience.waitedMs, 160);
  });
});
