import assert from 'node:assert/strict';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { isCodedError } from '#sandbox';
import { Problems } from '../../../../../host/making/mount/problems.ts';
import { MOUNT_FOLDER, readItems, type FolderFiles } from '../../../../../host/making/mount/read-items.ts';
import type { MountProblem } from '../../../../../host/making/mount/types.ts';
import { TextFolder } from '../../../../../host/making/text-folder.ts';
import { MOUNTED_FILES } from '../../../../fixtures/making/mounted-files.ts';
import { createFolder } from '../../../../fixtures/making/template-folder.ts';

interface Reading extends FolderFiles {
  readonly problems: readonly MountProblem[];
}

async function read(
  files: Readonly<Record<string, string | Uint8Array>>,
  prepare: (path: string) => Promise<void> = () => Promise.resolve(),
): Promise<Reading> {
  await using created = await createFolder(files);
  await prepare(created.path);
  const folder = await TextFolder.find(created.path, MOUNT_FOLDER);
  assert.ok(folder);
  const problems = new Problems();
  const found = await readItems(folder, problems);
  try {
    problems.check('f');
    return { ...found, problems: [] };
  } catch (error) {
    assert.ok(isCodedError(error));
    return { ...found, problems: error.data?.['items'] as readonly MountProblem[] };
  }
}

const pathsOf = ({ problems }: Reading): readonly string[] => problems.map(({ path }) => path);

describe('readItems', () => {
  it('finds the pairs of each folder and what their sources share', async () => {
    const { items, lib, problems } = await read(MOUNTED_FILES);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      items.map(({ topic, name, entry, manifestFile }) => [topic, name, entry, manifestFile]),
      [
        ['tools', 'hello', 'tools/hello.ts', 'tools/hello.json'],
        ['prompts', 'explain', 'prompts/explain.ts', 'prompts/explain.json'],
        ['resources', 'about', 'resources/about.ts', 'resources/about.json'],
        ['resources', 'note', 'resources/note.ts', 'resources/note.json'],
      ],
    );
    assert.deepEqual(Object.keys(lib), ['lib/greeting.ts']);
    assert.deepEqual(items[2]?.manifest, JSON.parse(MOUNTED_FILES['resources/about.json'] ?? ''));
  });

  it('names what does not belong, what is missing and what cannot be read, all at once', async () => {
    const reading = await read({
      ...MOUNTED_FILES,
      'index.ts': '',
      'plugins/a.ts': '',
      'tools/alone.ts': '',
      'tools/lonely.json': '{}',
      'tools/Big.ts': '',
      'tools/types.d.ts': '',
      'tools/.hidden.ts': '',
      'tools/README.md': '',
      'tools/deep/a.ts': '',
      'tools/broken.ts': '',
      'tools/broken.json': '{',
      'tools/bytes.ts': new Uint8Array([0xff]),
      'tools/bytes.json': '{}',
      'lib/picture.png': '',
      'lib/huge.ts': 'x'.repeat(1024 * 1024 + 1),
    });
    assert.deepEqual(pathsOf(reading).toSorted(), [
      'index.ts',
      'lib/huge.ts',
      'lib/picture.png',
      'plugins',
      'tools/Big.ts',
      'tools/alone.json',
      'tools/broken.json',
      'tools/bytes.ts',
      'tools/deep',
      'tools/lonely.ts',
      'tools/types.d.ts',
    ]);
    assert.deepEqual([...new Set(reading.problems.map(({ code }) => code))], ['MOUNT_INVALID']);
    assert.equal(reading.items.length, 4);
  });

  it('says so when there is nothing to mount', async () => {
    assert.deepEqual(pathsOf(await read({ 'README.md': '' })), ['.']);
    assert.deepEqual(pathsOf(await read({ prompts: 'a file', 'resources/README.md': '' })), ['prompts']);
  });

  it('leaves out what a dot hides, however deep', async () => {
    const { lib, problems } = await read({ ...MOUNTED_FILES, 'lib/a/.git/hooks/b.ts': '', 'lib/a/.git/config': '' });
    assert.deepEqual([Object.keys(lib), problems], [['lib/greeting.ts'], []]);
  });

  // Proves mount.own-folder.
  it('reads nothing behind a link that leads out, neither of a file nor of a folder', async () => {
    await using outside = await createFolder({ 'a.ts': 'secret', 'a.json': '{}' });
    const linked = await read({ 'tools/b.json': '{}' }, async (path) => {
      await symlink(join(outside.path, 'a.ts'), join(path, 'tools/b.ts'));
      await symlink(outside.path, join(path, 'lib'));
      await symlink(outside.path, join(path, 'prompts'));
    });
    assert.deepEqual(pathsOf(linked), ['tools/b.ts', 'prompts', 'lib']);
    assert.deepEqual([linked.items, linked.lib], [[], {}]);
    const inside = await read({ 'shared/a.ts': '', 'tools/a.json': '{}' }, async (path) => {
      await mkdir(join(path, 'lib'));
      await symlink('../shared/a.ts', join(path, 'tools/a.ts'));
    });
    assert.deepEqual([pathsOf(inside), inside.items.length], [['shared'], 1]);
  });

  it('looks at no more than a thousand files of a folder, and reads no more than 16 MiB', async () => {
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`tools/a${at}.ts`, '']));
    assert.deepEqual(pathsOf(await read(many)), ['tools']);
    const text = 'x'.repeat(1024 * 1024);
    const large = Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`lib/a${at}.ts`, text]));
    assert.equal(pathsOf(await read({ 'tools/README.md': '', ...large })).length, 1);
  });
});
