// The files of a mounted folder: pairs of a source and a manifest, and what their sources share.
//
//   tools/NAME.ts + tools/NAME.json   prompts/…   resources/…   lib/**
//
// SECURITY: read as a stranger's folder is: bounded, and nothing behind a link that leads out.
// test/unit/host/making/mount/read-items.test.ts holds it.

import type { ListTopic } from '#host/registry';
import type { FolderEntry, FolderKind, TextFolder } from '../text-folder.ts';
import type { Problems } from './problems.ts';
import type { ItemFiles, MountProblem } from './types.ts';

/** The kind of folder that is mounted. */
export const MOUNT_FOLDER: FolderKind = {
  code: 'MOUNT_INVALID',
  noun: 'folder',
  maxBytes: 16 * 1024 * 1024,
  maxListed: 1000,
};

/** Everything in a folder that matters for serving it. */
export interface FolderFiles {
  readonly items: readonly ItemFiles[];
  /** What every source may import: path within the folder → text. */
  readonly lib: Readonly<Record<string, string>>;
}

const TOPICS: readonly ListTopic[] = ['tools', 'prompts', 'resources'];
const FOLDERS: ReadonlySet<string> = new Set([...TOPICS, 'lib']);
/** Beside what is served: for people, editors and version control. */
const IGNORED = /^(?:.*\/)?(?:README\.md|\..*)$/;
const ITEM = /^([^/]+)\.(ts|json)$/;
const NAME = /^[a-z][a-z0-9_]{0,63}$/;
const LIB_FILE = /^[\w@.-]+(\/[\w@.-]+){0,8}\.(ts|mts|js|mjs|json)$/;

/** Reads all that can be read; what cannot is among `problems`. */
export async function readItems(folder: TextFolder, problems: Problems): Promise<FolderFiles> {
  await checkTop(folder, problems);
  const items: ItemFiles[] = [];
  for (const topic of TOPICS) items.push(...(await readTopic(folder, topic, problems)));
  return { items, lib: await readLib(folder, problems) };
}

async function checkTop(folder: TextFolder, problems: Problems): Promise<void> {
  const entries = await listed(folder, '', problems);
  for (const { name, isFolder } of entries) {
    if (IGNORED.test(name) || name === 'tsconfig.json' || FOLDERS.has(name)) continue;
    const known = `a mounted folder holds ${[...FOLDERS].join(', ')}`;
    problems.add(
      stranger(name, isFolder ? `is no folder that is mounted; ${known}` : `does not belong here; ${known}`),
    );
  }
  if (entries.some(({ name }) => TOPICS.some((topic) => topic === name))) return;
  problems.add(stranger('.', 'holds none of the folders tools, prompts and resources'));
}

async function readTopic(folder: TextFolder, topic: ListTopic, problems: Problems): Promise<readonly ItemFiles[]> {
  const found = new Set<string>();
  for (const { name } of await listed(folder, topic, problems)) {
    const [, stem = ''] = ITEM.exec(name) ?? [];
    if (NAME.test(stem)) found.add(name);
    else if (!IGNORED.test(name)) {
      problems.add(stranger(`${topic}/${name}`, 'is not named like an item: name.ts or name.json, in snake_case'));
    }
  }
  const items: ItemFiles[] = [];
  for (const name of new Set([...found].map((file) => file.replace(ITEM, '$1')))) {
    const missing = [`${name}.ts`, `${name}.json`].filter((file) => !found.has(file));
    for (const file of missing) {
      problems.add(stranger(`${topic}/${file}`, 'is missing; an item is a pair of files'));
    }
    const item = missing.length > 0 ? undefined : await readItem(folder, topic, name, problems);
    if (item !== undefined) items.push(item);
  }
  return items;
}

async function readItem(
  folder: TextFolder,
  topic: ListTopic,
  name: string,
  problems: Problems,
): Promise<ItemFiles | undefined> {
  const [entry, manifestFile] = [`${topic}/${name}.ts`, `${topic}/${name}.json`];
  const [source, manifest] = await Promise.allSettled([folder.read(entry), folder.readJson(manifestFile)]);
  if (source.status === 'rejected') problems.take(entry, source.reason);
  if (manifest.status === 'rejected') problems.take(manifestFile, manifest.reason);
  if (source.status === 'rejected' || manifest.status === 'rejected') return undefined;
  return { topic, name, entry, manifestFile, source: source.value, manifest: manifest.value };
}

async function readLib(folder: TextFolder, problems: Problems): Promise<Readonly<Record<string, string>>> {
  const texts: Record<string, string> = {};
  for (const { name, isFolder } of await listed(folder, 'lib', problems, 'deep')) {
    const file = `lib/${name}`;
    if (isFolder || IGNORED.test(name)) continue;
    if (!LIB_FILE.test(name)) {
      problems.add(stranger(file, 'is no source file; lib holds .ts, .mts, .js, .mjs and .json'));
      continue;
    }
    try {
      texts[file] = await folder.read(file);
    } catch (error) {
      problems.take(file, error);
    }
  }
  return texts;
}

async function listed(
  folder: TextFolder,
  subfolder: string,
  problems: Problems,
  depth: 'flat' | 'deep' = 'flat',
): Promise<readonly FolderEntry[]> {
  try {
    return await folder.entries(subfolder, depth);
  } catch (error) {
    problems.take(subfolder === '' ? '.' : subfolder, error);
    return [];
  }
}

function stranger(path: string, problem: string): MountProblem {
  return { path, code: 'MOUNT_INVALID', message: `${path === '.' ? 'the folder' : path} ${problem}` };
}
