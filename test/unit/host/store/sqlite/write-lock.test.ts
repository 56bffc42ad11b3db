import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { systemClock } from '#host/base';
import { Patience } from '../../../../../host/store/patience.ts';
import { WriteLock } from '../../../../../host/store/sqlite/write-lock.ts';

const patience = (busyMs = 1000): Patience => new Patience(systemClock, busyMs);

describe('WriteLock', () => {
  it('lets one in at a time, in order', async () => {
    const lock = new WriteLock();
    const order: string[] = [];
    await lock.acquire(patience());
    const others = ['b', 'c'].map(async (name) => {
      await lock.acquire(patience());
      order.push(name);
      lock.release();
    });
    order.push('a');
    lock.release();
    await Promise.all(others);
    assert.deepEqual(order, ['a', 'b', 'c']);
  });

  it('rejects with STORE_BUSY whoever waits too long, and is free afterwards', async () => {
    const lock = new WriteLock();
    await lock.acquire(patience());
    await assert.rejects(lock.acquire(patience(10)), { code: 'STORE_BUSY' });
    lock.release();
    await lock.acquire(patience(10));
  });

  it('closes after those inside and waiting, and lets nobody else in', async () => {
    const lock = new WriteLock();
    const order: string[] = [];
    await lock.acquire(patience());
    const waiting = lock.acquire(patience()).then(() => {
      order.push('waiter');
      lock.release();
    });
    const closed = lock.close().then(() => order.push('closed'));
    await assert.rejects(lock.acquire(patience()), { code: 'STORE_FAILED', data: { reason: 'closed' } });
    lock.release();
    await Promise.all([waiting, closed]);
    assert.deepEqual(order, ['waiter', 'closed']);
    await lock.close();
  });
});
