// The files that belong to a source file: what it imports by relative path, and what those import.
//
// A scan of the text, not a parse: the jail's compiler decides what an import is. A name found here that is none costs a
// read; the compiler refuses whatever is missing.

import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join, posix, relative, sep } from 'node:path';
import { hostError } from '#host/base';

/** What a tool may be made of. */
const MAX_FILES = 64;
const MAX_BYTES = 2 * 1024 * 1024;

/** The file a tool's source becomes: whoever imports that name imports the source itself. */
const ENTRY = 'tool.ts';
/** What an import without its extension may mean, in the compiler's order. */
const EXTENSIONS = ['', '.ts', '.mts', '.js', '.mjs', '.cjs', '.json', '/index.ts', '/index.js'];

/** A source and the files beside it. */
export interface CollectedFiles {
  readonly source: string;
  /** Path relative to the source's folder, with forward slashes → text. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Reads a source file and every file of its folder that it reaches by relative imports.
 *
 * SECURITY: nothing outside the folder is read, not through `..` and not through a symbolic link;
 * test/unit/host/cli/input/collect-files.test.ts holds it.
 *
 * @throws FILE_UNREADABLE when the source cannot be read
 * @throws SOURCE_INVALID when there are more than 64 files or 2 MiB
 */
export async function collectFiles(entry: string): Promise<CollectedFiles> {
  const folder = await realpath(dirname(entry)).catch(() => dirname(entry));
  const source = await readWithin(folder, entry);
  if (source === undefined) {
    throw hostError('FILE_UNREADABLE', `${entry} cannot be read; give an existing source file`, { path: entry });
  }

  const files: Record<string, string> = {};
  const queue = relativeImports(source, '.');
  let bytes = Buffer.byteLength(source);
  assertBounds(1, bytes);
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const found = await findFile(folder, path);
    if (found === undefined || files[found.path] !== undefined) continue;
    if (found.path === ENTRY && basename(entry) === ENTRY) continue;
    files[found.path] = found.text;
    bytes += Buffer.byteLength(found.text);
    assertBounds(Object.keys(files).length + 1, bytes);
    queue.push(...relativeImports(found.text, posix.dirname(found.path)));
  }
  return { source, files };
}

function assertBounds(files: number, bytes: number): void {
  if (files <= MAX_FILES && bytes <= MAX_BYTES) return;
  throw hostError(
    'SOURCE_INVALID',
    `the source reaches ${files} files of ${bytes} bytes; a tool is at most ${MAX_FILES} files and ${MAX_BYTES} bytes`,
    { files, bytes },
  );
}

/** Paths after `from`, `import` or `import(` that stay within the folder. */
function relativeImports(source: string, folder: string): string[] {
  return [...source.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"])(\.{1,2}\/[^'"\n]+)\1/g)]
    .map((match) => posix.normalize(posix.join(folder, match[2] ?? '')))
    .filter((path) => !path.startsWith('../'));
}

async function findFile(folder: string, path: string): Promise<{ path: string; text: string } | undefined> {
  // TypeScript's own convention: `./x.js` may mean the file `x.ts`.
  for (const stem of [path, path.replace(/\.(m?)js$/, '.$1ts')]) {
    for (const extension of EXTENSIONS) {
      const text = await readWithin(folder, join(folder, stem + extension));
      if (text !== undefined) return { path: stem + extension, text };
    }
  }
  return undefined;
}

async function readWithin(folder: string, path: string): Promise<string | undefined> {
  try {
    const inside = relative(folder, await realpath(path));
    if (inside.startsWith(`..${sep}`) || inside === '..') return undefined;
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}
