import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { DEFAULT_LIMITS, isCodedError, type Json, type Manifest } from '#sandbox';
import { LOCAL_PRINCIPAL, sha256 } from '#host/base';
import type { ListedTool } from '#host/registry';
import { createSuccession } from '../../../../host/making/succession.ts';

function manifest(properties: Readonly<Record<string, Json>>, required: readonly string[] = []): Manifest {
  const rest = {
    name: 'roi',
    description: 'a',
    version: '1.0.0',
    category: 'general',
    grants: {},
    limits: DEFAULT_LIMITS,
  };
  return { ...rest, inputSchema: { type: 'object', properties, required } };
}

function live(more: Partial<ListedTool> = {}): ListedTool {
  return {
    tenant: LOCAL_PRINCIPAL.tenant,
    tool: 'roi',
    version: 3,
    digest: sha256('live'),
    semver: '1.4.0',
    lineage: 'source:roi',
    manifest: manifest({ a: { type: 'string' } }),
    publishedAt: 0,
    publishedBy: 'local',
    ...more,
  };
}

const BREAKING = manifest({ a: { type: 'number' }, b: {}, c: {}, d: {}, e: {} }, ['b', 'c', 'd', 'e']);

suite('createSuccession', () => {
  test('raises the semantic version by what changed, and keeps what it was', () => {
    const next = manifest({ a: { type: 'string' }, b: { type: 'string' } });
    const succeed = createSuccession({ manifest: next, lineage: 'source:roi', allowBreaking: false });
    assert.deepEqual(succeed(live()), {
      semver: '1.5.0',
      change: {
        against: 3,
        kind: 'additive',
        changes: [{ role: 'input', path: '/b', kind: 'additive', what: 'new, optional' }],
      },
    });
  });

  test('refuses a breaking change with the changes, unless it is allowed', () => {
    const subject = { manifest: BREAKING, lineage: 'source:roi' };
    assert.throws(
      () => createSuccession({ ...subject, allowBreaking: false })(live()),
      (error) => {
        assert.ok(isCodedError(error));
        assert.deepEqual([error.code, error.kind, error.fault], ['CHANGE_BREAKING', 'conflict', 'caller']);
        const { changes, ...data } = error.data as { changes: readonly unknown[] };
        assert.deepEqual(data, { tool: 'roi', version: 3, against: 3, kind: 'breaking' });
        assert.equal(changes.length, 5);
        assert.match(error.message, /input \/b new, required; .* and 2 more; .*--allow-breaking/);
        return true;
      },
    );
    assert.equal(createSuccession({ ...subject, allowBreaking: true })(live()).semver, '2.0.0');
  });

  test("lets a name that is taken over begin with its author's version", () => {
    const succeed = createSuccession({ manifest: BREAKING, lineage: 'template:roi', allowBreaking: false });
    const { semver, change } = succeed(live());
    assert.deepEqual([semver, change.kind], ['1.0.0', 'breaking']);
  });

  test('is bounded in what it keeps', () => {
    const names = Array.from({ length: 80 }, (_, index) => `${index}`.padStart(500, 'n'));
    const next = manifest(Object.fromEntries(names.map((name) => [name, {}])));
    const { change } = createSuccession({ manifest: next, lineage: 'source:roi', allowBreaking: false })(live());
    assert.deepEqual([change.changes.length, change.more], [50, 31]);
    assert.ok(JSON.stringify(change).length < 20_000);
  });
});
