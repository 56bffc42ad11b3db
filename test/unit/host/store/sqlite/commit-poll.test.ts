import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';

import { pollCommits } from '../../../../../host/store/sqlite/commit-poll.ts';

const POLL_MS = 100;

async function poll(): Promise<void> {
  mock.timers.tick(POLL_MS);
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

describe('pollCommits', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setInterval'] }));
  afterEach(() => mock.timers.reset());

  it('looks after each commit, and not without one', async () => {
    let stamp = 1;
    let looks = 0;
    const polling = pollCommits(
      async () => stamp,
      () => void (looks += 1),
      POLL_MS,
    );
    await poll();
    await poll();
    assert.equal(looks, 0);
    stamp = 2;
    await poll();
    await poll();
    assert.equal(looks, 1);
    polling[Symbol.dispose]();
    stamp = 3;
    await poll();
    assert.equal(looks, 1);
  });

  it('looks once the database answers again', async () => {
    let failing = true;
    let looks = 0;
    using _polling = pollCommits(
      async () => {
        if (failing) throw new Error('busy');
        return 1;
      },
      () => void (looks += 1),
      POLL_MS,
    );
    await poll();
    assert.equal(looks, 0);
    failing = false;
    await poll();
    await poll();
    assert.equal(looks, 1);
  });
});
