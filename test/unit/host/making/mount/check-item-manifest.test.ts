import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { DEFAULT_LIMITS } from '#sandbox';
import { checkPromptManifest, checkResourceManifest } from '../../../../../host/making/mount/check-item-manifest.ts';

describe('checkPromptManifest', () => {
  it('takes every key a prompt may have, and fills in what it leaves out', () => {
    const written = {
      $schema: 'https://example.com/prompt.json',
      name: 'explain',
      title: 'Explain',
      description: 'Explains.',
      arguments: [{ name: 'topic', title: 'Topic', description: 'What about', required: true }],
      grants: { 'client.ask': true },
      limits: { timeout: 1 },
    };
    const { $schema: _schema, ...manifest } = written;
    assert.deepEqual(checkPromptManifest(written), { ...manifest, limits: { ...DEFAULT_LIMITS, wallMs: 1000 } });
    assert.deepEqual(checkPromptManifest({ name: 'a' }), {
      name: 'a',
      arguments: [],
      grants: {},
      limits: DEFAULT_LIMITS,
    });
  });

  it('refuses what is none, with a code', () => {
    const cases: readonly [unknown, string][] = [
      [null, 'MANIFEST_INVALID'],
      [[], 'MANIFEST_INVALID'],
      [{ name: 'A' }, 'MANIFEST_INVALID'],
      [{ name: 'a', inputSchema: {} }, 'MANIFEST_INVALID'],
      [{ name: 'a', arguments: [{ name: '__proto__' }] }, 'MANIFEST_INVALID'],
      [{ name: 'a', arguments: [{ name: 'b' }, { name: 'b' }] }, 'MANIFEST_INVALID'],
      [{ name: 'a', grants: { secret: ['x'] } }, 'GRANT_UNSUPPORTED'],
      [{ name: 'a', limits: { taskMs: 1000 } }, 'LIMITS_INVALID'],
      [{ name: 'a', limits: { wallMs: 60_000 } }, 'LIMITS_ABOVE_CEILING'],
    ];
    for (const [written, code] of cases) {
      assert.throws(() => checkPromptManifest(written), { code }, JSON.stringify(written));
    }
  });
});

describe('checkResourceManifest', () => {
  it('takes every key a resource may have, and fills in what it leaves out', () => {
    const written = {
      name: 'about',
      title: 'About',
      description: 'Tells about it.',
      uri: 'notes://about',
      mimeType: 'text/markdown; charset=utf-8',
      size: 12,
      annotations: { audience: ['user'], priority: 0.5, lastModified: '2026-11-20T10:00:00Z' },
      cache: { ttlMs: 1000 },
      grants: { 'resource.notify': ['notes://about'] },
    };
    assert.deepEqual(checkResourceManifest(written), {
      ...written,
      cache: { ttlMs: 1000, scope: 'private' },
      limits: DEFAULT_LIMITS,
    });
    assert.equal(checkResourceManifest({ name: 'a', uri: 'file:///{+path}' }).uri, 'file:///{+path}');
  });

  it('refuses what is none, with a code', () => {
    const uris = [
      '',
      'about',
      'http://',
      'javascript:alert(1)',
      'DATA:text/html,{x}',
      'notes://{?q}',
      'notes://{a}{b}',
    ];
    for (const uri of uris) {
      assert.throws(() => checkResourceManifest({ name: 'a', uri }), { code: 'MANIFEST_INVALID' }, uri);
    }
    const more: readonly object[] = [
      { size: -1 },
      { mimeType: 'markdown' },
      { annotations: { priority: 2 } },
      { annotations: { lastModified: 'yesterday' } },
      { annotations: { audience: ['everybody'] } },
      { cache: { ttlMs: 1, scope: 'all' } },
      { cache: {} },
      { arguments: [] },
    ];
    for (const wrong of more) {
      const written = { name: 'a', uri: 'notes://a', ...wrong };
      assert.throws(() => checkResourceManifest(written), { code: 'MANIFEST_INVALID' }, JSON.stringify(wrong));
    }
    const sized = { name: 'a', uri: 'notes://{id}', size: 1 };
    assert.throws(() => checkResourceManifest(sized), { code: 'MANIFEST_INVALID', data: { path: '/size' } });
  });
});
