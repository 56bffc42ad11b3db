import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { LOCAL_PRINCIPAL } from '#host/base';
import type { ToolVersion } from '#host/registry';
import { VersionCache } from '../../../../host/registry/version-cache.ts';
import { createDraft } from '../../../fixtures/store/drafts.ts';

const { tenant } = LOCAL_PRINCIPAL;

function createVersion(version: number, scriptBytes: number): ToolVersion {
  const { manifest, artifact, lineage } = createDraft('roi', 's');
  const empty = { ...artifact, validators: '', context: '', script: 'x'.repeat(scriptBytes) };
  return {
    tenant,
    tool: 'roi',
    version,
    semver: '1.0.0',
    digest: artifact.digest,
    lineage,
    manifest,
    artifact: empty,
    publishedAt: 0,
    publishedBy: 'me',
  };
}

describe('VersionCache', () => {
  it('lets the least recently used go when the bytes no longer fit', () => {
    const cache = new VersionCache(100);
    cache.add(createVersion(1, 40));
    cache.add(createVersion(2, 40));
    cache.find(tenant, 'roi', 1);
    cache.add(createVersion(3, 40));
    const kept = [1, 2, 3].filter((version) => cache.find(tenant, 'roi', version) !== undefined);
    assert.deepEqual(kept, [1, 3]);
  });

  it('does not give everything up for one that can never fit', () => {
    const cache = new VersionCache(100);
    cache.add(createVersion(1, 40));
    cache.add(createVersion(2, 101));
    assert.ok(cache.find(tenant, 'roi', 1));
    assert.equal(cache.find(tenant, 'roi', 2), undefined);
  });

  it('counts a version that is added twice once', () => {
    const cache = new VersionCache(100);
    for (let time = 0; time < 5; time += 1) cache.add(createVersion(1, 40));
    cache.add(createVersion(2, 40));
    assert.ok(cache.find(tenant, 'roi', 1));
  });

  it('keeps tenants apart', () => {
    const cache = new VersionCache(100);
    cache.add(createVersion(1, 40));
    assert.equal(cache.find('other', 'roi', 1), undefined);
  });
});
