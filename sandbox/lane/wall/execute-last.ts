// The last thing a launcher does: it becomes another program, by a path that lies where the filter allows one.

import ffi from 'node:ffi';

import { addressOf, callKernel, type Libc } from './libc.ts';
import { archOf, PATH_ADDRESS } from './seccomp.ts';
import { numberOf, type SystemCall } from './system-calls.ts';

const PROT_READ_WRITE = 3;
const MAP_PRIVATE = 0x2;
const MAP_ANONYMOUS = 0x20;
// Fails instead of replacing what lies there already.
const MAP_FIXED_NOREPLACE = 0x10_0000;
// -1 as the kernel sees it.
const NO_FILE = 0xffff_ffff_ffff_ffffn;
/** PATH_MAX. */
const PATH_BYTES = 4096;

/**
 * Lays out path, arguments and environment, and returns what executes them: by then nothing is left to be allocated.
 * What it returns does not return.
 */
export function executeLast(
  libc: Libc,
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): () => never {
  const path = placePath(libc, command[0] ?? '');
  const argv = pointers(command);
  const envp = pointers(Object.entries(env).map(([name, value]) => `${name}=${value}`));
  return () => {
    callKernel(libc, call('execve'), path, addressOf(argv.list), addressOf(envp.list));
    throw new Error(`execve failed for ${argv.strings.length} arguments and ${envp.strings.length} variables`);
  };
}

function placePath(libc: Libc, path: string): bigint {
  const flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
  const address = callKernel(libc, call('mmap'), PATH_ADDRESS, PATH_BYTES, PROT_READ_WRITE, flags, NO_FILE, 0);
  if (address !== BigInt(PATH_ADDRESS)) throw new Error('the path of the program has no place');
  ffi.exportString(path, address, PATH_BYTES);
  return address;
}

interface Pointers {
  readonly list: Buffer;
  /** Held, so that they stay where the list says. */
  readonly strings: readonly Buffer[];
}

/** An array as C has it: of strings that end with a zero, itself ended by one. */
function pointers(texts: readonly string[]): Pointers {
  const strings = texts.map((text) => Buffer.from(`${text}\0`));
  const list = Buffer.alloc((strings.length + 1) * 8);
  for (const [index, bytes] of strings.entries()) list.writeBigUInt64LE(addressOf(bytes), index * 8);
  return { list, strings };
}

function call(name: SystemCall): number {
  return numberOf(name, archOf()) ?? -1;
}
