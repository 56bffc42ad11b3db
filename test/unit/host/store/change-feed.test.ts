import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';

import { ChangeFeed } from '../../../../host/store/change-feed.ts';
import type { RevisionRow } from '../../../../host/store/tables.ts';

/** What the feed would ask a database, and what the database would say. */
class Source {
  rows: RevisionRow[] = [{ tenant: 'a', topic: 'tools', revision: 1 }];
  followers = 0;
  asked = 0;
  failing = false;
  /** Until it resolves no question is answered. */
  gate: Promise<void> = Promise.resolve();
  look: () => void = () => undefined;
  readonly feed = new ChangeFeed({
    revisions: async () => {
      this.asked += 1;
      await this.gate;
      if (this.failing) throw new Error('busy');
      return this.rows;
    },
    follow: (look) => {
      this.followers += 1;
      this.look = look;
      return { [Symbol.dispose]: () => void (this.followers -= 1) };
    },
  });
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

describe('ChangeFeed', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  it('tells of the present revisions first, and of each once', async () => {
    const source = new Source();
    const told: RevisionRow[] = [];
    using _watch = source.feed.watch((change) => void told.push(change));
    await settled();
    assert.deepEqual(told, source.rows);
    source.rows = [...source.rows, { tenant: 'b', topic: 'quarantines', revision: 7 }];
    source.look();
    await settled();
    assert.deepEqual(told, source.rows);
  });

  it('tells a late watcher the present revisions', async () => {
    const source = new Source();
    using _first = source.feed.watch(() => undefined);
    await settled();
    const told: RevisionRow[] = [];
    using _second = source.feed.watch((change) => void told.push(change));
    await settled();
    assert.deepEqual(told, source.rows);
  });

  it('looks again for what was committed while it looked', async () => {
    const source = new Source();
    const { promise, resolve } = Promise.withResolvers<void>();
    source.gate = promise;
    using _watch = source.feed.watch(() => undefined);
    source.look();
    source.look();
    assert.equal(source.asked, 1);
    resolve();
    await settled();
    assert.equal(source.asked, 2);
  });

  it('tells a watcher that failed again', async () => {
    const source = new Source();
    let calls = 0;
    using _watch = source.feed.watch(async () => {
      calls += 1;
      if (calls === 1) throw new Error('not now');
    });
    await settled();
    assert.equal(calls, 1);
    mock.timers.tick(100);
    await settled();
    mock.timers.tick(1000);
    await settled();
    assert.equal(calls, 2);
  });

  it('asks again after the database failed', async () => {
    const source = new Source();
    source.failing = true;
    const told: RevisionRow[] = [];
    using _watch = source.feed.watch((change) => void told.push(change));
    await settled();
    assert.deepEqual(told, []);
    source.failing = false;
    mock.timers.tick(100);
    await settled();
    assert.deepEqual(told, source.rows);
  });

  it('follows and asks only while somebody watches', async () => {
    const source = new Source();
    assert.deepEqual([source.followers, source.asked], [0, 0]);
    const watch = source.feed.watch(() => undefined);
    await settled();
    assert.deepEqual([source.followers, source.asked], [1, 1]);
    watch[Symbol.dispose]();
    source.look();
    await settled();
    assert.deepEqual([source.followers, source.asked], [0, 1]);
  });
});
