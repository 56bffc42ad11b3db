import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  MAX_SUBSCRIBED_CHARACTERS,
  MAX_SUBSCRIPTIONS,
  Subscriptions,
} from '../../../../../host/doors/mcp/subscriptions.ts';

const LIMIT = { code: 'SUBSCRIPTION_LIMIT' };

describe('Subscriptions', () => {
  it('holds what was added until it is removed', () => {
    const subscriptions = new Subscriptions();
    subscriptions.add('a:1');
    assert.deepEqual([subscriptions.has('a:1'), subscriptions.has('a:2')], [true, false]);
    subscriptions.remove('a:1');
    subscriptions.remove('a:1');
    assert.equal(subscriptions.has('a:1'), false);
  });

  it('is bounded in number, and has room again after a removal', () => {
    const subscriptions = new Subscriptions();
    for (let id = 0; id < MAX_SUBSCRIPTIONS; id += 1) subscriptions.add(`a:${id}`);
    subscriptions.add('a:0');
    assert.throws(() => subscriptions.add('a:new'), LIMIT);
    subscriptions.remove('a:0');
    subscriptions.add('a:new');
  });

  it('is bounded in characters', () => {
    const subscriptions = new Subscriptions();
    subscriptions.add(`a:${'x'.repeat(MAX_SUBSCRIBED_CHARACTERS - 2)}`);
    assert.throws(() => subscriptions.add('b'), LIMIT);
  });
});
