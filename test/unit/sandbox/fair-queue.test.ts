import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { FairQueue } from '../../../sandbox/fair-queue.ts';

function queueOf(...items: readonly string[]): FairQueue<string> {
  const queue = new FairQueue<string>();
  for (const item of items) queue.push(item.slice(0, 1), item);
  return queue;
}

function takeAll(queue: FairQueue<string>): string[] {
  const taken: string[] = [];
  for (let item = queue.take(() => true); item !== undefined; item = queue.take(() => true)) taken.push(item);
  return taken;
}

describe('FairQueue', () => {
  it('serves its keys in turn, and each in the order of its items', () => {
    assert.deepEqual(takeAll(queueOf('a1', 'a2', 'a3', 'b1', 'c1', 'c2')), ['a1', 'b1', 'c1', 'a2', 'c2', 'a3']);
  });

  it('passes over a key that may not be served, and leaves its place', () => {
    const queue = queueOf('a1', 'b1', 'b2');
    assert.equal(
      queue.take((key) => key !== 'a'),
      'b1',
    );
    assert.equal(
      queue.take((_key, next) => next === 'b2'),
      'b2',
    );
    assert.equal(
      queue.take(() => false),
      undefined,
    );
    assert.deepEqual(takeAll(queue), ['a1']);
  });

  it('counts what waits', () => {
    const queue = queueOf('a1', 'a2', 'b1');
    assert.equal(queue.size, 3);
    assert.equal(queue.hasOther('a'), true);
    assert.equal(queue.remove('b', 'b1'), true);
    assert.equal(queue.remove('b', 'b1'), false);
    assert.equal(queue.hasOther('a'), false);
    assert.equal(queue.hasOther('z'), true);
    assert.deepEqual(queue.drain(), ['a1', 'a2']);
    assert.equal(queue.size, 0);
    assert.deepEqual(takeAll(queue), []);
  });
});
