// The first program of every jailed child on Linux: takes the walls that are set once from inside, then becomes the real
// program with execve. It sees nothing hostile; it runs before any of that arrives.
//
// SECURITY: the parent-death signal is what ends a cell that V8 cannot interrupt when its host is killed with -9;
// test/integration/jail/orphans.test.ts holds it.

import { confineFiles, landlockAbi } from './wall/landlock.ts';
import { addressOf, callKernel, openLibc, type Libc } from './wall/libc.ts';
import { executeLast } from './wall/execute-last.ts';
import { archOf, buildFilter, hasSeccomp, installFilter } from './wall/seccomp.ts';
import { CAPSET } from './wall/system-calls.ts';

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
  /** What the real program is linked with. @default what this one has mapped: the same, where there is a /proc to tell */
  readonly libraries?: readonly string[];
  /** Folders and files the real program may read, besides itself and its libraries. */
  readonly readable: readonly string[];
  /** Whether the real program compiles to machine code. */
  readonly jit: boolean;
  /** Walls to leave out, for tests that show what each of them holds. @default none */
  readonly without?: readonly ('landlock' | 'seccomp')[];
}

const RLIMIT_FSIZE = 1;
const RLIMIT_DATA = 2;
const RLIMIT_CORE = 4;
const RLIMIT_NOFILE = 7;
const RLIMIT_AS = 9;
// Several times what the most isolates reserve, and a fraction of what there is: the kernel gives out the low end, from
// where the filter allows execve, when all else is taken.
const ADDRESS_BYTES = 256 * 1024 ** 3;
const PR_SET_PDEATHSIG = 1;
const PR_SET_NO_NEW_PRIVS = 38;
const SIGKILL = 9n;
const F_SETFD = 2;
const CAPABILITY_VERSION_3 = 0x2008_0522;

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
    return libc.setrlimit(resource, addressOf(pair));
  };
  const has = (wall: 'landlock' | 'seccomp'): boolean => plan.without?.includes(wall) !== true;

  check('PR_SET_PDEATHSIG', libc.prctl(PR_SET_PDEATHSIG, SIGKILL, 0n, 0n, 0n));
  if (process.ppid !== plan.parentPid) process.kill(process.pid, 'SIGKILL');
  check('PR_SET_NO_NEW_PRIVS', libc.prctl(PR_SET_NO_NEW_PRIVS, 1n, 0n, 0n, 0n));
  for (const fd of [0, 1, 2, plan.keepFd]) check('FD_CLOEXEC', libc.fcntl(fd, F_SETFD, 0));
  check('RLIMIT_CORE', limit(RLIMIT_CORE, 0));
  check('RLIMIT_FSIZE', limit(RLIMIT_FSIZE, 0));
  // These fail only where the limit is lower already.
  limit(RLIMIT_AS, ADDRESS_BYTES);
  limit(RLIMIT_NOFILE, plan.openFiles);
  // A kernel without one of these two is no reason to stop, one that has it and refuses is: `glovebox doctor` tells.
  const abi = has('landlock') ? landlockAbi(libc) : 0;
  if (abi > 0) confineFiles(libc, abi, plan);
  const filter =
    has('seccomp') && hasSeccomp(libc) ? buildFilter({ arch: archOf(), pid: process.pid, jit: plan.jit }) : undefined;
  const execute = executeLast(libc, plan.command, plan.env);
  // After the files were looked up: a root without capabilities may not get at those of other users.
  check('capset', dropCapabilities(libc));
  // From here on this process itself may have no room left for anything but the execve.
  check('RLIMIT_DATA', limit(RLIMIT_DATA, plan.dataBytes));
  if (filter !== undefined) installFilter(libc, filter);
  return execute();
}

/** A host that runs as root has a child that is root in name only. */
function dropCapabilities(libc: Libc): number {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(CAPABILITY_VERSION_3, 0);
  // Effective, permitted and inheritable, two words each: none.
  return Number(callKernel(libc, CAPSET[archOf()], addressOf(header), addressOf(Buffer.alloc(24))));
}
