import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { isNestedDeeperThan } from '../../../../../sandbox/guest/schema/nesting.ts';

describe('isNestedDeeperThan', () => {
  it('counts brackets that are open at once', () => {
    assert.equal(isNestedDeeperThan('[[{"a": []}]]', 4), false);
    assert.equal(isNestedDeeperThan('[[{"a": []}]]', 3), true);
    assert.equal(isNestedDeeperThan('[[], [], {}, {}]', 2), false);
    assert.equal(isNestedDeeperThan('1', 0), false);
  });

  it('does not count brackets in strings', () => {
    assert.equal(isNestedDeeperThan('["[[[", "\\"[[[", "\\\\", "{"]', 1), false);
    assert.equal(isNestedDeeperThan('["\\\\", [1]]', 1), true);
  });

  it('takes a text that never closes', () => {
    assert.equal(isNestedDeeperThan('['.repeat(1_000_000), 999_999), true);
    assert.equal(isNestedDeeperThan('"\\', 0), false);
  });
});
