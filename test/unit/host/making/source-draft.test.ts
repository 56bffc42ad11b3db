import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { LOCAL_PRINCIPAL as principal } from '#host/base';
import { sourceDraft } from '../../../../host/making/source-draft.ts';
import type { CreateRequest } from '../../../../host/making/types.ts';

const MANIFEST = { name: 'adds', description: 'Adds.', examples: [{ input: {} }] };
const MIB = 1024 * 1024;

function draft(more: Partial<CreateRequest> = {}) {
  return sourceDraft({ principal, manifest: MANIFEST, source: 'export default {};', ...more });
}

suite('sourceDraft', () => {
  test('has the source as its entry, beside the further files', () => {
    const { files, lineage, context, examples, surroundings } = draft({
      files: { 'lib/tax.ts': '1', __proto__x: '2' },
      constraints: { timeout: 1 },
    });
    assert.deepEqual(files, { 'lib/tax.ts': '1', __proto__x: '2', 'tool.ts': 'export default {};' });
    assert.deepEqual([lineage, context, examples], ['source:adds', 'null', [{ input: {} }]]);
    assert.deepEqual(surroundings, { place: 'manifest', constraints: { timeout: 1 } });
  });

  test('refuses a source that is empty', () => {
    for (const source of ['', ' \n']) assert.throws(() => draft({ source }), { code: 'SOURCE_INVALID' });
  });

  test('refuses more than 2 MiB in all, counted as UTF-8', () => {
    assert.throws(() => draft({ source: 'ä'.repeat(MIB + 1) }), { code: 'SOURCE_INVALID' });
    assert.throws(() => draft({ files: { 'a.ts': 'x'.repeat(2 * MIB) } }), { code: 'SOURCE_INVALID' });
    draft({ source: 'x'.repeat(2 * MIB) });
  });

  test('refuses more than 64 files', () => {
    const files = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}.ts`, '']));
    draft({ files: files(63) });
    assert.throws(() => draft({ files: files(64) }), { code: 'SOURCE_INVALID' });
  });

  test('refuses paths that are not inside the tool', () => {
    for (const path of [
      '../a.ts',
      '/etc/a.ts',
      'lib/../../a.ts',
      './a.ts',
      'a//b.ts',
      'a b.ts',
      'C:\\a.ts',
      '',
      'a\n.ts',
    ]) {
      assert.throws(() => draft({ files: { [path]: '' } }), { code: 'SOURCE_INVALID' }, path);
    }
  });

  test('refuses a second entry', () => {
    assert.throws(() => draft({ files: { 'tool.ts': '' } }), { code: 'SOURCE_INVALID' });
  });

  test('refuses a manifest that is not plain data, or too much of it', () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    const large = { ...MANIFEST, inputSchema: { description: 'x'.repeat(16 * MIB) } };
    for (const manifest of [undefined, () => 1, { a: 1n }, circular, large]) {
      assert.throws(() => draft({ manifest }), { code: 'MANIFEST_INVALID' });
    }
  });

  test('reads a manifest as its JSON says, not as its object pretends', () => {
    const manifest = { toJSON: () => ({ ...MANIFEST, name: 'from_json' }) };
    assert.equal(draft({ manifest }).written.name, 'from_json');
  });
});
