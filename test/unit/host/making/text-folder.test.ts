import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { suite, test } from 'node:test';

import { TextFolder } from '../../../../host/making/text-folder.ts';
import { createFolder, type TemporaryFolder } from '../../../fixtures/making/template-folder.ts';

const MIB = 1024 * 1024;

async function open({ path }: TemporaryFolder): Promise<TextFolder> {
  const folder = await TextFolder.find(path);
  assert.ok(folder);
  return folder;
}

function invalid(file: string) {
  return (error: { code?: string; data?: { file?: string } }) => {
    assert.deepEqual([error.code, error.data?.file], ['TEMPLATE_INVALID', file]);
    return true;
  };
}

// Proves template.own-folder.
suite('TextFolder', () => {
  test('finds nothing where there is no folder', async () => {
    await using files = await createFolder({ 'a.txt': 'a' });
    assert.equal(await TextFolder.find(join(files.path, 'none')), undefined);
    assert.equal(await TextFolder.find(join(files.path, 'a.txt')), undefined);
  });

  test('reads a file, and one behind a link that stays inside', async () => {
    await using files = await createFolder({ 'lib/a.ts': 'ä' });
    await symlink('lib/a.ts', join(files.path, 'b.ts'));
    const folder = await open(files);
    assert.equal(await folder.read('lib/a.ts'), 'ä');
    assert.equal(await folder.read('b.ts'), 'ä');
  });

  test('names a missing file', async () => {
    await using files = await createFolder({});
    await assert.rejects((await open(files)).read('template.json'), invalid('template.json'));
  });

  test('refuses links that lead out, to a file or through a folder', async () => {
    await using outside = await createFolder({ 'secret.json': '{}' });
    await using files = await createFolder({});
    await symlink(join(outside.path, 'secret.json'), join(files.path, 'template.json'));
    await symlink(outside.path, join(files.path, 'data'));
    const folder = await open(files);
    await assert.rejects(folder.read('template.json'), invalid('template.json'));
    await assert.rejects(folder.read('data/secret.json'), invalid('data/secret.json'));
  });

  test('refuses a neighbour whose name begins like its own', async () => {
    await using files = await createFolder({ 'a/x.ts': '', 'ab/secret.ts': 'secret' });
    const folder = await TextFolder.find(join(files.path, 'a'));
    await symlink('../ab/secret.ts', join(files.path, 'a/link.ts'));
    await assert.rejects(folder?.read('link.ts') ?? assert.fail(), invalid('link.ts'));
  });

  test('refuses what is no regular file, without waiting for it', async () => {
    await using files = await createFolder({});
    execFileSync('mkfifo', [join(files.path, 'pipe')]);
    await mkdir(join(files.path, 'folder'));
    const server = createServer().listen(join(files.path, 'socket'));
    const folder = await open(files);
    for (const file of ['pipe', 'folder', 'socket']) await assert.rejects(folder.read(file), invalid(file));
    server.close();
  });

  test('refuses a file it may not read', { skip: process.getuid?.() === 0 && 'root may read everything' }, async () => {
    await using files = await createFolder({ 'a.ts': '' });
    await chmod(join(files.path, 'a.ts'), 0);
    await assert.rejects((await open(files)).read('a.ts'), invalid('a.ts'));
  });

  test('reads 1 MiB of a file and 8 MiB in all, and no more', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `${index}.txt`);
    const full = ' '.repeat(MIB);
    await using files = await createFolder({
      ...Object.fromEntries(names.map((name) => [name, full])),
      large: `${full} `,
    });
    const folder = await open(files);
    await assert.rejects(folder.read('large'), invalid('large'));
    for (const name of names.slice(0, 8)) assert.equal((await folder.read(name)).length, MIB);
    await assert.rejects(folder.read('8.txt'), invalid('8.txt'));
  });

  test('refuses bytes that are not UTF-8', async () => {
    await using files = await createFolder({ 'a.ts': Buffer.from([0x61, 0xff]) });
    await assert.rejects((await open(files)).read('a.ts'), invalid('a.ts'));
  });

  test('refuses JSON that does not parse or nests too deep', async () => {
    await using files = await createFolder({ 'a.json': '{', 'b.json': '['.repeat(500_000) + ']'.repeat(500_000) });
    const folder = await open(files);
    await assert.rejects(folder.readJson('a.json'), invalid('a.json'));
    await assert.rejects(folder.readJson('b.json'), invalid('b.json'));
  });

  test('lists matching files below a subfolder, sorted', async () => {
    await using files = await createFolder({ 'lib/z.ts': '', 'lib/a/b.ts': '', 'lib/README.md': '', 'other.ts': '' });
    const folder = await open(files);
    assert.deepEqual(await folder.list('lib', /\.ts$/), ['lib/a/b.ts', 'lib/z.ts']);
    assert.deepEqual(await folder.list('none', /\.ts$/), []);
  });

  test('refuses to list more than 200 files', async () => {
    const many = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`lib/${index}.md`, '']));
    await using files = await createFolder(many);
    await assert.rejects((await open(files)).list('lib', /\.ts$/), invalid('lib'));
  });
});
