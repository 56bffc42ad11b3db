import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';

import { ChangeFeed } from '../../../../host/store/change-feed.ts';
import type { RevisionRow } from '../../../../host/store/tables.ts';

const POLL_MS = 100;

/** What the feed would ask a database. */
class Source {
  stamp = 1;
  rows: RevisionRow[] = [{ tenant: 'a', topic: 'tools', revision: 1 }];
  stampsAsked = 0;
  revisionsAsked = 0;
  failing = false;

  openFeed(): ChangeFeed {
    return new ChangeFeed({
      commitStamp: async () => {
        this.stampsAsked += 1;
        return this.stamp;
      },
      revisions: async () => {
        this.revisionsAsked += 1;
        if (this.failing) throw new Error('busy');
        return this.rows;
      },
      pollMs: POLL_MS,
    });
  }
}

async function poll(): Promise<void> {
  mock.timers.tick(POLL_MS);
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

describe('ChangeFeed', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setInterval'] }));
  afterEach(() => mock.timers.reset());

  it('tells of each revision once, and reads them only after a commit', async () => {
    const source = new Source();
    const told: RevisionRow[] = [];
    using _watch = source.openFeed().watch((change) => void told.push(change));
    await poll();
    await poll();
    assert.equal(source.revisionsAsked, 1);
    source.stamp = 2;
    source.rows = [...source.rows, { tenant: 'b', topic: 'quarantines', revision: 7 }];
    await poll();
    assert.deepEqual(told, source.rows);
  });

  it('tells a late watcher the present revisions', async () => {
    const source = new Source();
    const feed = source.openFeed();
    using _first = feed.watch(() => undefined);
    await poll();
    const told: RevisionRow[] = [];
    using _second = feed.watch((change) => void told.push(change));
    await poll();
    assert.deepEqual(told, source.rows);
  });

  it('tells a watcher that failed again', async () => {
    const source = new Source();
    let calls = 0;
    using _watch = source.openFeed().watch(async () => {
      calls += 1;
      if (calls === 1) throw new Error('not now');
    });
    await poll();
    await poll();
    await poll();
    assert.equal(calls, 2);
  });

  it('asks again after the database failed', async () => {
    const source = new Source();
    source.failing = true;
    const told: RevisionRow[] = [];
    using _watch = source.openFeed().watch((change) => void told.push(change));
    await poll();
    assert.deepEqual(told, []);
    source.failing = false;
    await poll();
    assert.deepEqual(told, source.rows);
  });

  it('polls only while somebody watches', async () => {
    const source = new Source();
    const feed = source.openFeed();
    await poll();
    assert.equal(source.stampsAsked, 0);
    const watch = feed.watch(() => undefined);
    await poll();
    watch[Symbol.dispose]();
    await poll();
    assert.equal(source.stampsAsked, 1);
  });
});
