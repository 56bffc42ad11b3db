import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { examineProfiles } from '../../../../../host/cli/doctor/examine-profiles.ts';

describe('examineProfiles', () => {
  it('names the tenants whose tools are compiled', () => {
    const finding = examineProfiles({ fastTenants: ['here', 'there'] });
    assert.deepEqual([finding.what, finding.verdict], ['profiles', 'ok']);
    assert.match(finding.detail, /here, there/);
  });

  it('says so where there are none', () => {
    assert.equal(examineProfiles({ fastTenants: [] }).detail, 'strict for all tenants');
  });
});
