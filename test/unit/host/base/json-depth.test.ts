import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDeeperThan } from '../../../../host/base/json-depth.ts';

describe('isDeeperThan', () => {
  it('counts objects and arrays alike', () => {
    assert.equal(isDeeperThan(1, 0), false);
    assert.equal(isDeeperThan([], 0), true);
    assert.equal(isDeeperThan({ a: [1] }, 2), false);
    assert.equal(isDeeperThan({ a: [{}] }, 2), true);
  });

  it('stops at the bound, however deep the value goes on', () => {
    const depth = 1_000_000;
    assert.equal(isDeeperThan(JSON.parse('['.repeat(depth) + ']'.repeat(depth)), 128), true);
  });
});
