// The first program of every jailed child on Linux: takes the walls that are set once from inside, then becomes the real
// program with execve. It sees nothing hostile; it runs before any of that arrives.
//
// SECURITY: the parent-death signal is what ends a cell that V8 cannot interrupt when its host is killed with -9;
// test/integration/jail/orphans.test.ts holds it.

import ffi from 'node:ffi';

/** What the launcher is told, as one JSON argument. */
export interface LaunchPlan {
  /** Path and arguments of the real program. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** RLIMIT_DATA: private writable memory, in bytes. */
  readonly dataBytes: number;
  /** RLIMIT_NOFILE. */
  readonly openFiles: number;
  /** The frames' file descriptor: Node marks it close-on-exec at start-up. */
  readonly keepFd: number;
  /** If another process is the parent already, the host died while this one started. */
  readonly parentPid: number;
}

const RLIMIT_FSIZE = 1;
const RLIMIT_DATA = 2;
const RLIMIT_CORE = 4;
const RLIMIT_NOFILE = 7;
const PR_SET_PDEATHSIG = 1;
const PR_SET_NO_NEW_PRIVS = 38;
const SIGKILL = 9n;
const F_SETFD = 2;

launch(JSON.parse(process.argv.at(-1) ?? '') as LaunchPlan);

function launch(plan: LaunchPlan): never {
  const libc = openLibc();
  const check = (what: string, result: number): void => {
    if (result !== 0) throw new Error(`${what} failed`);
  };
  const limit = (resource: number, value: number): number => {
    const pair = Buffer.alloc(16);
    pair.writeBigUInt64LE(BigInt(value), 0);
    pair.writeBigUInt64LE(BigInt(value), 8);
    return libc.setrlimit(resource, ffi.getRawPointer(pair));
  };

  check('PR_SET_PDEATHSIG', libc.prctl(PR_SET_PDEATHSIG, SIGKILL, 0n, 0n, 0n));
  if (process.ppid !== plan.parentPid) process.kill(process.pid, 'SIGKILL');
  check('PR_SET_NO_NEW_PRIVS', libc.prctl(PR_SET_NO_NEW_PRIVS, 1n, 0n, 0n, 0n));
  check('FD_CLOEXEC', libc.fcntl(plan.keepFd, F_SETFD, 0));
  check('RLIMIT_CORE', limit(RLIMIT_CORE, 0));
  check('RLIMIT_FSIZE', limit(RLIMIT_FSIZE, 0));
  // Fails only where the limit is lower already.
  limit(RLIMIT_NOFILE, plan.openFiles);
  // Last: from here on this process itself may have no room left for anything but the execve.
  check('RLIMIT_DATA', limit(RLIMIT_DATA, plan.dataBytes));
  const [path, ...args] = plan.command;
  if (path === undefined) throw new Error('no command');
  process.execve?.(path, [path, ...args], { ...plan.env });
  throw new Error('execve is missing');
}

function openLibc() {
  const signatures = {
    prctl: { return: 'int32', arguments: ['int32', 'uint64', 'uint64', 'uint64', 'uint64'] },
    setrlimit: { return: 'int32', arguments: ['int32', 'uint64'] },
    fcntl: { return: 'int32', arguments: ['int32', 'int32', 'int32'] },
  } as const;
  for (const name of ['libc.so.6', `libc.musl-${process.arch === 'x64' ? 'x86_64' : 'aarch64'}.so.1`]) {
    try {
      return ffi.dlopen(name, signatures).functions;
    } catch {
      // The other C library, then.
    }
  }
  throw new Error('no C library found');
}
