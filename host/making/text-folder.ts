// A folder of a stranger's files, read as text.
//
// SECURITY: only regular files whose real path lies inside are read, so no link leads out and no pipe blocks the host; and
// no more of them than a template may be. test/unit/host/making/text-folder.test.ts holds it.

import { constants } from 'node:fs';
import { open, opendir, realpath, stat, type FileHandle } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';

import { hostError, isDeeperThan, MAX_JSON_DEPTH } from '#host/base';

const MAX_FILE_BYTES = 1024 * 1024;
const MAX_FOLDER_BYTES = 8 * 1024 * 1024;
const MAX_LISTED = 200;

/** A template's folder. */
export class TextFolder {
  /** The folder's own name, for messages: they hold no path of the host. */
  readonly name: string;
  readonly #root: string;
  #bytes = 0;

  private constructor(root: string) {
    this.#root = root;
    this.name = basename(root);
  }

  /** The folder at a path, if there is one. */
  static async find(path: string): Promise<TextFolder | undefined> {
    const root = await realpath(path).catch(() => undefined);
    return root !== undefined && (await isFolder(root)) ? new TextFolder(root) : undefined;
  }

  /** The text of a file. @throws TEMPLATE_INVALID when there is none, or it cannot be read whole as UTF-8 */
  async read(file: string): Promise<string> {
    const path = await realpath(join(this.#root, file)).catch(() => {
      throw this.refusal(file, 'is missing');
    });
    if (!isInside(this.#root, path)) throw this.refusal(file, 'is a link that leads out of the folder');
    await using handle = await this.#open(file, path);
    const bytes = await readAtMost(handle, MAX_FILE_BYTES);
    if (bytes === undefined) throw this.refusal(file, `is larger than ${MAX_FILE_BYTES} bytes`);
    this.#bytes += bytes.length;
    if (this.#bytes > MAX_FOLDER_BYTES) {
      throw this.refusal(file, `makes the template larger than ${MAX_FOLDER_BYTES} bytes`);
    }
    return this.#decode(file, bytes);
  }

  /** The value of a JSON file. @throws TEMPLATE_INVALID */
  async readJson(file: string): Promise<unknown> {
    const text = await this.read(file);
    const value = this.#parse(file, text);
    if (isDeeperThan(value, MAX_JSON_DEPTH)) throw this.refusal(file, `nests more than ${MAX_JSON_DEPTH} levels deep`);
    return value;
  }

  /** The files below a subfolder whose path from there matches; sorted, so that equal folders give equal lists. */
  async list(subfolder: string, pattern: RegExp): Promise<readonly string[]> {
    const top = join(this.#root, subfolder);
    if (!(await isFolder(top))) return [];
    const found: string[] = [];
    let seen = 0;
    for await (const entry of await opendir(top, { recursive: true })) {
      seen += 1;
      if (seen > MAX_LISTED) throw this.refusal(subfolder, `holds more than ${MAX_LISTED} files`);
      const path = relative(top, join(entry.parentPath, entry.name)).split(sep).join('/');
      if (!entry.isDirectory() && pattern.test(path)) found.push(`${subfolder}/${path}`);
    }
    return found.toSorted();
  }

  /** TEMPLATE_INVALID: `problem` completes "<file> …". */
  refusal(file: string, problem: string, data: Readonly<Record<string, unknown>> = {}): Error {
    return hostError('TEMPLATE_INVALID', `template "${this.name}": ${file} ${problem}`, { file, ...data });
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
