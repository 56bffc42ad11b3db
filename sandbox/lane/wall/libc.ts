// The C library, as far as the launcher needs it. Only the launcher has it: a cell's permission model refuses `node:ffi`.

import ffi from 'node:ffi';

const SIGNATURES = {
  prctl: { return: 'int32', arguments: ['int32', 'uint64', 'uint64', 'uint64', 'uint64'] },
  setrlimit: { return: 'int32', arguments: ['int32', 'uint64'] },
  fcntl: { return: 'int32', arguments: ['int32', 'int32', 'int32'] },
  syscall: {
    return: 'int64',
    arguments: ['int64', 'uint64', 'uint64', 'uint64', 'uint64', 'uint64', 'uint64'],
  },
} as const;

/** Functions of the C library; pointers are numbers, failures are -1. */
export type Libc = ReturnType<typeof openLibc>;

/** Finds the C library this process runs on. */
export function openLibc() {
  for (const name of ['libc.so.6', `libc.musl-${process.arch === 'x64' ? 'x86_64' : 'aarch64'}.so.1`]) {
    try {
      return ffi.dlopen(name, SIGNATURES).functions;
    } catch {
      // The other C library, then.
    }
  }
  throw new Error('no C library found');
}

/** Asks the kernel directly; what is not given is 0. */
export function callKernel(libc: Libc, number: number, ...args: readonly (number | bigint)[]): bigint {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args;
  return libc.syscall(BigInt(number), BigInt(a), BigInt(b), BigInt(c), BigInt(d), BigInt(e), BigInt(f));
}

/** Where a buffer's bytes lie; good for as long as the buffer is held. */
export function addressOf(bytes: Buffer): bigint {
  return ffi.getRawPointer(bytes);
}
