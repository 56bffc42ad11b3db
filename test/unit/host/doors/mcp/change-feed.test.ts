import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { createChangeFeed, GATHER_MS } from '../../../../../host/doors/mcp/change-feed.ts';

describe('createChangeFeed', () => {
  it('announces a burst once, and a later change again', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const announce = mock.fn();
    using feed = createChangeFeed(announce);
    for (let change = 0; change < 10; change += 1) feed.touch('tools');
    assert.equal(announce.mock.callCount(), 0);
    t.mock.timers.tick(GATHER_MS);
    assert.equal(announce.mock.callCount(), 1);
    feed.touch('tools');
    t.mock.timers.tick(GATHER_MS);
    assert.equal(announce.mock.callCount(), 2);
  });

  it('announces each thing of a burst once', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const announced: string[] = [];
    using feed = createChangeFeed<string>((thing) => announced.push(thing));
    for (const thing of ['a', 'b', 'a']) feed.touch(thing);
    t.mock.timers.tick(GATHER_MS);
    assert.deepEqual(announced, ['a', 'b']);
  });

  it('announces at once when more has gathered than it holds', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const announce = mock.fn();
    using feed = createChangeFeed<number>(announce);
    for (let thing = 0; thing < 2500; thing += 1) feed.touch(thing);
    assert.equal(announce.mock.callCount(), 2000);
    t.mock.timers.tick(GATHER_MS);
    assert.equal(announce.mock.callCount(), 2500);
  });

  it('is not pushed back by changes that do not stop', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const announce = mock.fn();
    using feed = createChangeFeed(announce);
    for (let elapsed = 0; elapsed < GATHER_MS * 4; elapsed += 1) {
      feed.touch('tools');
      t.mock.timers.tick(1);
    }
    assert.equal(announce.mock.callCount(), 4);
  });

  it('is silent once disposed', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const announce = mock.fn();
    const feed = createChangeFeed(announce);
    feed.touch('tools');
    feed[Symbol.dispose]();
    feed.touch('tools');
    t.mock.timers.tick(GATHER_MS * 2);
    assert.equal(announce.mock.callCount(), 0);
  });
});
