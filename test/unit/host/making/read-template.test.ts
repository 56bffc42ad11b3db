import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { suite, test } from 'node:test';

import { isCodedError } from '#sandbox';
import { readTemplate } from '../../../../host/making/read-template.ts';
import { TextFolder } from '../../../../host/making/text-folder.ts';
import { createFolder, HEAD, PLAIN } from '../../../fixtures/making/template-folder.ts';

const EXAMPLE = { title: 'One', context: { a: 1 }, calls: [{ input: { b: 2 }, output: { c: 3 } }] };

async function read(files: Readonly<Record<string, string>>) {
  await using folder = await createFolder(files);
  return await readTemplate((await TextFolder.find(folder.path)) ?? assert.fail());
}

async function refusal(files: Readonly<Record<string, string>>): Promise<unknown> {
  try {
    await read(files);
  } catch (error) {
    assert.ok(isCodedError(error));
    return [error.code, error.data?.['file']];
  }
  return 'it was read';
}

suite('readTemplate', () => {
  test('reads the whole layout and nothing beside it', async () => {
    await using folder = await createFolder({
      ...PLAIN,
      'template.json': JSON.stringify({ ...HEAD, data: ['rates', '__proto__'], limits: { timeout: 2 } }),
      'data/rates.json': '{"a":1}',
      'data/__proto__.json': '[]',
      'data/unlisted.json': 'no JSON',
      'lib/a.ts': 'export const a = 1;',
      'lib/deep/b.json': '{}',
      'lib/notes.md': '',
      'lib/odd name.ts': '',
      'examples/one.json': JSON.stringify(EXAMPLE),
      'examples/README.md': '',
      'node_modules/x/index.ts': '',
    });
    execFileSync('mkfifo', [join(folder.path, 'README.md')]);
    const template = await readTemplate((await TextFolder.find(folder.path)) ?? assert.fail());
    assert.deepEqual(Object.keys(template.files), ['lib/a.ts', 'lib/deep/b.json']);
    assert.deepEqual(JSON.stringify(template.packs), '{"rates":{"a":1},"__proto__":[]}');
    assert.deepEqual(template.examples, [EXAMPLE]);
    assert.deepEqual(template.limits, { timeout: 2 });
    assert.equal(template.sourceTemplate, PLAIN['tool.ts.hbs']);
  });

  test('names the file that is missing', async () => {
    for (const file of Object.keys(PLAIN)) {
      const { [file]: _, ...rest } = PLAIN as Record<string, string>;
      assert.deepEqual(await refusal(rest), ['TEMPLATE_INVALID', file]);
    }
  });

  test('names a listed data pack that is missing', async () => {
    const head = JSON.stringify({ ...HEAD, data: ['rates'] });
    assert.deepEqual(await refusal({ ...PLAIN, 'template.json': head }), ['TEMPLATE_INVALID', 'data/rates.json']);
  });

  test('refuses a template.json of another shape', async () => {
    const heads = [
      [],
      { ...HEAD, name: undefined },
      { ...HEAD, name: 'Plain_One' },
      { ...HEAD, version: '1' },
      { ...HEAD, category: 'No Category' },
      { ...HEAD, data: ['../secret'] },
      { ...HEAD, more: 1 },
      JSON.parse(`{"__proto__":{},${JSON.stringify(HEAD).slice(1)}`) as object,
    ];
    for (const head of heads) {
      const files = { ...PLAIN, 'template.json': JSON.stringify(head) };
      assert.deepEqual(await refusal(files), ['TEMPLATE_INVALID', 'template.json'], JSON.stringify(head));
    }
  });

  test('refuses an example of another shape', async () => {
    const examples = [
      'x',
      { ...EXAMPLE, calls: undefined },
      { ...EXAMPLE, calls: [{ output: {} }] },
      { ...EXAMPLE, calls: Array.from({ length: 21 }, () => ({ input: {} })) },
      { ...EXAMPLE, title: '' },
      { ...EXAMPLE, expected: {} },
    ];
    for (const example of examples) {
      const files = { ...PLAIN, 'examples/one.json': JSON.stringify(example) };
      assert.deepEqual(await refusal(files), ['TEMPLATE_INVALID', 'examples/one.json'], JSON.stringify(example));
    }
  });
});
