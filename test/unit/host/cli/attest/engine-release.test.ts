import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { engineAgeDays, PINNED_RELEASE } from '../../../../../host/cli/attest/engine-release.ts';
import { readPackageFacts } from '../../../../../host/cli/package-facts.ts';

describe('engineAgeDays', () => {
  it('knows the Node that package.json pins', () => {
    assert.equal(PINNED_RELEASE.node, readPackageFacts().pinnedNode);
  });

  it('counts whole days from the day of the release', () => {
    const ageAt = (time: string): number | undefined => engineAgeDays(PINNED_RELEASE.node, Date.parse(time));
    assert.equal(ageAt('2026-09-22T23:59:59Z'), 0);
    assert.equal(ageAt('2026-10-22T00:00:00Z'), 30);
    assert.equal(ageAt('2026-01-01T00:00:00Z'), 0);
  });

  it('does not guess the age of another Node', () => {
    assert.equal(engineAgeDays('26.9.0', Date.parse('2026-10-22')), undefined);
  });
});
