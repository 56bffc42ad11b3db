// A folder of a stranger's files, read as text.
//
// SECURITY: only regular files whose real path lies inside are read, so no link leads out and no pipe blocks the host; and
// no more of them than such a folder may hold. test/unit/host/making/text-folder.test.ts holds it.

import { constants } from 'node:fs';
import { open, opendir, realpath, stat, type FileHandle } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';

import { hostError, isDeeperThan, MAX_JSON_DEPTH } from '#host/base';

const MIB = 1024 * 1024;
const MAX_FILE_BYTES = MIB;

/** What a folder is: how much it may hold, and what its refusals say. */
export interface FolderKind {
  readonly code: 'TEMPLATE_INVALID' | 'MOUNT_INVALID';
  readonly noun: string;
  readonly maxBytes: number;
  /** Files and folders in any one listing. */
  readonly maxListed: number;
}

/** The folder of a template. */
export const TEMPLATE_FOLDER: FolderKind = {
  code: 'TEMPLATE_INVALID',
  noun: 'template',
  maxBytes: 8 * MIB,
  maxListed: 200,
};

/** What lies in a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** A folder of texts. */
export class TextFolder {
  /** The folder's own name, for messages: they hold no path of the host. */
  readonly name: string;
  readonly #root: string;
  readonly #kind: FolderKind;
  #bytes = 0;

  private constructor(root: string, kind: FolderKind) {
    this.#root = root;
    this.#kind = kind;
    this.name = basename(root);
  }

  /** The folder at a path, if there is one. @param kind what its refusals are about */
  static async find(path: string, kind: FolderKind = TEMPLATE_FOLDER): Promise<TextFolder | undefined> {
    const root = await realpath(path).catch(() => undefined);
    return root !== undefined && (await isFolder(root)) ? new TextFolder(root, kind) : undefined;
  }

  /** The text of a file. @throws its kind's code when there is none, or it cannot be read whole as UTF-8 */
  async read(file: string): Promise<string> {
    const path = await realpath(join(this.#root, file)).catch(() => {
      throw this.refusal(file, 'is missing');
    });
    if (!isInside(this.#root, path)) throw this.refusal(file, 'is a link that leads out of the folder');
    await using handle = await this.#open(file, path);
    const bytes = await readAtMost(handle, MAX_FILE_BYTES);
    if (bytes === undefined) throw this.refusal(file, `is larger than ${MAX_FILE_BYTES} bytes`);
    this.#bytes += bytes.length;
    const { noun, maxBytes } = this.#kind;
    if (this.#bytes > maxBytes) throw this.refusal(file, `makes the ${noun} larger than ${maxBytes} bytes`);
    return this.#decode(file, bytes);
  }

  /** The value of a JSON file. @throws what {@link read} throws, also when it is no JSON or nests too deep */
  async readJson(file: string): Promise<unknown> {
    const text = await this.read(file);
    const value = this.#parse(file, text);
    if (isDeeperThan(value, MAX_JSON_DEPTH)) throw this.refusal(file, `nests more than ${MAX_JSON_DEPTH} levels deep`);
    return value;
  }

  /** What lies in a subfolder and below it, as paths from there; sorted, so that equal folders give equal lists. */
  async entries(subfolder: string, depth: 'flat' | 'deep'): Promise<readonly FolderEntry[]> {
    const top = await realpath(join(this.#root, subfolder)).catch(() => undefined);
    if (top === undefined) return [];
    if (!isInside(this.#root, top)) throw this.refusal(subfolder, 'is a link that leads out of the folder');
    if (!(await isFolder(top))) throw this.refusal(subfolder, 'is no folder');
    const { maxListed } = this.#kind;
    const found: FolderEntry[] = [];
    for await (const entry of await opendir(top, { recursive: depth === 'deep' })) {
      if (found.length === maxListed) throw this.refusal(subfolder, `holds more than ${maxListed} files`);
      const name = relative(top, join(entry.parentPath, entry.name)).split(sep).join('/');
      found.push({ name, isFolder: entry.isDirectory() });
    }
    return found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The files below a subfolder whose path from there matches, as paths from the folder; sorted. */
  async list(subfolder: string, pattern: RegExp): Promise<readonly string[]> {
    const entries = await this.entries(subfolder, 'deep');
    return entries
      .filter(({ name, isFolder }) => !isFolder && pattern.test(name))
      .map(({ name }) => `${subfolder}/${name}`);
  }

  /** The refusal of a file: `problem` completes "<file> …". */
  refusal(file: string, problem: string, data: Readonly<Record<string, unknown>> = {}): Error {
    const { code, noun } = this.#kind;
    return hostError(code, `${noun} "${this.name}": ${file} ${problem}`, { file, ...data });
  }

  async #open(file: string, path: string): Promise<FileHandle> {
    // Not blocking: whatever lies there, opening it must not wait for somebody to write into it.
    const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;
    const handle = await open(path, flags).catch(() => {
      throw this.refusal(file, 'cannot be read');
    });
    const problem = await this.#problemOf(handle);
    if (problem === undefined) return handle;
    await handle.close();
    throw this.refusal(file, problem);
  }

  /** Asked of what is open, not of its path: a folder on the way may have become a link in the meantime. */
  async #problemOf(handle: FileHandle): Promise<string | undefined> {
    if (!(await handle.stat()).isFile()) return 'is no regular file';
    // Where the system does not tell, what the path said before has to do.
    const path = await realpath(`/proc/self/fd/${handle.fd}`).catch(() => undefined);
    return path === undefined || isInside(this.#root, path) ? undefined : 'leads out of the folder';
  }

  #parse(file: string, text: string): unknown {
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw this.refusal(file, `is not JSON: ${cause instanceof Error ? cause.message : ''}`);
    }
  }

  #decode(file: string, bytes: Uint8Array): string {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      throw this.refusal(file, 'is not UTF-8');
    }
  }
}

/** The bytes of a file; undefined when there are more. */
async function readAtMost(handle: FileHandle, limit: number): Promise<Uint8Array | undefined> {
  const { size } = await handle.stat();
  // One more than it says: a file may grow while it is read.
  const buffer = Buffer.alloc(Math.min(size, limit) + 1);
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length);
    if (bytesRead === 0) return buffer.subarray(0, length);
    length += bytesRead;
  }
  return undefined;
}

function isInside(root: string, path: string): boolean {
  const inside = relative(root, path);
  return inside !== '..' && !inside.startsWith(`..${sep}`);
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}
