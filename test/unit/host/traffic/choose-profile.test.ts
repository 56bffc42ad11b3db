import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { TenantId } from '#host/base';
import { chooseProfile } from '#host/traffic';

const NAMED = 'named' as TenantId;
const OTHER = 'other' as TenantId;
const policy = { fastTenants: [NAMED] };

// Proves calling.profile.
describe('chooseProfile', () => {
  it('is fast for whom the operator names, and strict for everybody else', () => {
    assert.deepEqual([chooseProfile(policy, NAMED), chooseProfile(policy, OTHER)], ['fast', 'strict']);
    assert.equal(chooseProfile({ fastTenants: [] }, NAMED), 'strict');
  });

  it('is what was recorded, where that may be', () => {
    assert.deepEqual(
      [chooseProfile(policy, NAMED, 'fast'), chooseProfile(policy, NAMED, 'strict')],
      ['fast', 'strict'],
    );
    assert.equal(chooseProfile(policy, OTHER, 'fast'), 'strict');
  });
});
