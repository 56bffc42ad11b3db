// JSON from the command line: written out, in a file, or on standard input.

import { createReadStream } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { isCodedError } from '#sandbox';
import { hostError } from '#host/base';
import type { Surroundings } from '../surroundings.ts';

/** Largest document that is read, in bytes: a context of megabytes is a mistake. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Reads an argument that is JSON itself (it starts with `{`, `[` or `"`), `-` for standard input, or a file's path.
 *
 * @param option what it was given as, for messages: `--input`
 * @throws FILE_UNREADABLE when the file cannot be read or is larger than 4 MiB
 * @throws REQUEST_INVALID when it is not JSON
 */
export async function readJson(argument: string, option: string, surroundings: Surroundings): Promise<unknown> {
  if (/^\s*[{["]/.test(argument)) return parseJson(argument, option);
  if (argument === '-')
    return parseJson(await readAll(surroundings.stdin, `${option}: standard input`), `${option} (standard input)`);
  return parseJson(await readTextFile(argument, option, surroundings), `${option} (${argument})`);
}

/**
 * Reads a text file the user named.
 *
 * @throws FILE_UNREADABLE
 */
export async function readTextFile(path: string, option: string, { cwd }: Pick<Surroundings, 'cwd'>): Promise<string> {
  const stream = createReadStream(isAbsolute(path) ? path : join(cwd(), path));
  try {
    return await readAll(stream, `${option}: ${path}`);
  } catch (error) {
    if (isCodedError(error)) throw error;
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw hostError('FILE_UNREADABLE', `${option}: ${path} cannot be read (${reason}); give an existing file`, {
      path,
      reason,
    });
  }
}

/** Never holds more than the limit: what is read may have no end. */
async function readAll(stream: Surroundings['stdin'], what: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.byteLength;
    assertSize(size, what);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function assertSize(bytes: number, what: string): void {
  if (bytes <= MAX_BYTES) return;
  throw hostError('FILE_UNREADABLE', `${what} is larger than ${MAX_BYTES} bytes; give less`, { limit: MAX_BYTES });
}

function parseJson(text: string, option: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw hostError('REQUEST_INVALID', `${option} is not JSON: ${reason}`, { option }, { cause: error });
  }
}
