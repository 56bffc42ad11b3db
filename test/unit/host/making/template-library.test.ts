import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { TemplateLibrary } from '../../../../host/making/template-library.ts';
import { createFolder, HEAD, PLAIN, type TemporaryFolder } from '../../../fixtures/making/template-folder.ts';

function template(name: string, head: object = {}, more: Readonly<Record<string, string>> = {}) {
  const files = { ...PLAIN, 'template.json': JSON.stringify({ ...HEAD, name, ...head }), ...more };
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [`${name}/${file}`, text]));
}

function libraryOf(...roots: readonly TemporaryFolder[]): TemplateLibrary {
  return new TemplateLibrary(roots.map(({ path }) => path));
}

suite('TemplateLibrary', () => {
  test('lists by name, passing over what is no template', async () => {
    await using root = await createFolder({
      ...template('zeta'),
      ...template('alpha'),
      ...template('broken', { version: 'none' }),
      'renamed/template.json': JSON.stringify({ ...HEAD, name: 'other' }),
      'No Name/template.json': JSON.stringify(HEAD),
      'empty/README.md': '',
      'file.txt': '',
    });
    const listed = await libraryOf(root).list();
    assert.deepEqual(
      listed.map(({ name }) => name),
      ['alpha', 'zeta'],
    );
    assert.deepEqual(Object.keys(listed[0] ?? {}), ['name', 'version', 'title', 'description', 'category']);
  });

  test('takes a name from the first root that has it, to list and to get alike', async () => {
    await using first = await createFolder({
      ...template('same', { version: '2.0.0' }),
      ...template('hidden', { version: '' }),
    });
    await using second = await createFolder({ ...template('same'), ...template('hidden'), ...template('own') });
    const library = libraryOf(first, second);
    const listed = await library.list();
    assert.deepEqual(
      listed.map(({ name, version }) => `${name} ${version}`),
      ['own 1.0.0', 'same 2.0.0'],
    );
    assert.equal((await library.get('same')).version, '2.0.0');
    await assert.rejects(library.get('hidden'), { code: 'TEMPLATE_INVALID' });
  });

  test('lists nothing where there is no root', async () => {
    assert.deepEqual(await new TemplateLibrary(['/nowhere/at/all']).list(), []);
  });

  test('takes underscores for hyphens', async () => {
    await using root = await createFolder(template('two-words'));
    assert.equal((await libraryOf(root).get('two_words')).name, 'two-words');
  });

  test('says what there is when there is no such name', async () => {
    await using root = await createFolder({ ...template('alpha'), ...template('beta') });
    await assert.rejects(libraryOf(root).get('gamma'), {
      code: 'TEMPLATE_NOT_FOUND',
      data: { template: 'gamma', known: ['alpha', 'beta'] },
    });
  });

  test('never takes a name for a path', async () => {
    await using root = await createFolder({ ...template('alpha'), 'library/keep': '' });
    const library = new TemplateLibrary([`${root.path}/library`]);
    for (const name of [`${root.path}/alpha`, '../alpha', '.', '..', 'alpha/', '', 'Alpha', 'a'.repeat(65), 'a\0b']) {
      await assert.rejects(library.get(name), { code: 'TEMPLATE_NOT_FOUND' }, name);
    }
  });

  test('gets a folder by its path, whatever its name', async () => {
    await using folder = await createFolder(PLAIN);
    await using root = await createFolder({});
    const library = libraryOf(root);
    assert.equal((await library.get({ folder: folder.path })).name, 'plain');
    assert.equal((await library.get({ folder: `${folder.path}/` })).name, 'plain');
    await assert.rejects(library.get({ folder: `${folder.path}/none` }), (error: Error & { code?: string }) => {
      assert.equal(error.code, 'TEMPLATE_NOT_FOUND');
      assert.ok(!JSON.stringify([error.message, error]).includes(folder.path), 'it tells a path of the host');
      return true;
    });
  });

  test('refuses a template whose folder has another name', async () => {
    await using root = await createFolder({ ...template('alpha', { name: 'beta' }) });
    await assert.rejects(libraryOf(root).get('alpha'), { code: 'TEMPLATE_INVALID' });
    await assert.rejects(libraryOf(root).get('beta'), { code: 'TEMPLATE_NOT_FOUND' });
  });

  test('describes with context schema and examples', async () => {
    const example = { title: 'One', context: {}, calls: [] };
    await using root = await createFolder(template('alpha', {}, { 'examples/one.json': JSON.stringify(example) }));
    assert.deepEqual(await libraryOf(root).describe('alpha'), { ...HEAD, name: 'alpha', examples: [example] });
  });
});
