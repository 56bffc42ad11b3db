// Which system calls a jailed child may make: a list of what it needs, the rest refused. Set before `execve`, so that no
// thread and no io_uring of the child exists without it.
//
// SECURITY: no socket, no second program, no other process: not to start, signal, trace or read one. A cell, which has no
// JIT, gets no memory that is executable and was ever writable. test/integration/jail/operating-system.test.ts holds it.

import { assemble, type Clause, type Test } from './bpf.ts';
import { addressOf, callKernel, type Libc } from './libc.ts';
import { numberOf, SECCOMP, SYSTEM_CALLS, type FilterArch, type SystemCall } from './system-calls.ts';

/** Whom a filter is for. */
export interface FilterPlan {
  readonly arch: FilterArch;
  /** The process it will hold: it may signal only itself. */
  readonly pid: number;
  /** Whether it may turn data into code. */
  readonly jit: boolean;
}

/**
 * Where the launcher puts the path of the real program. `execve` is allowed from this address alone, and nothing can be
 * mapped there once the filter holds, nor all the rest be used up (RLIMIT_AS): so the first `execve` is the last.
 */
export const PATH_ADDRESS = 0x10_0000;
/** Nothing of the child lies below. */
const LOW_END = 0x20_0000;

const AUDIT_ARCH: Readonly<Record<FilterArch, number>> = { x64: 0xc000_003e, arm64: 0xc000_00b7 };
const UNIFIED_NUMBERS = 424;
const SET_MODE_FILTER = 1;
const GET_ACTION_AVAIL = 2;
const RET_ERRNO = Buffer.from([0, 0, 5, 0]);

const CLONE_THREAD = 0x1_0000;
const PROT_WRITE = 2;
const PROT_EXEC = 4;
const MAP_ANONYMOUS = 0x20;
const MAP_GROWSDOWN = 0x100;
const MREMAP_FIXED = 2;
const PRCTL = { setName: 15, getName: 16, setVma: 0x5356_4d41 };
const ARCH_SET_FS = 0x1002;
const FCNTL = { dupfd: 0, getfd: 1, setfd: 2, getfl: 3, setfl: 4, dupfdCloexec: 1030 };
const IOCTL = {
  tcgets: 0x5401,
  tiocgwinsz: 0x5413,
  fionread: 0x541b,
  fionbio: 0x5421,
  fionclex: 0x5450,
  fioclex: 0x5451,
};

/** Whether this kernel has filters. */
export function hasSeccomp(libc: Libc): boolean {
  return (
    process.arch in SECCOMP && callKernel(libc, SECCOMP[archOf()], GET_ACTION_AVAIL, 0, addressOf(RET_ERRNO)) === 0n
  );
}

/** Puts the calling thread, and what it becomes, behind a filter for good. */
export function installFilter(libc: Libc, filter: Buffer): void {
  const program = Buffer.alloc(16);
  program.writeUInt16LE(filter.length / 8, 0);
  program.writeBigUInt64LE(addressOf(filter), 8);
  if (callKernel(libc, SECCOMP[archOf()], SET_MODE_FILTER, 0, addressOf(program)) !== 0n)
    throw new Error('seccomp failed');
}

/** The architecture of this process; only asked where a filter exists. */
export function archOf(): FilterArch {
  return process.arch === 'arm64' ? 'arm64' : 'x64';
}

/** The filter of one child. */
export function buildFilter(plan: FilterPlan): Buffer {
  const conditions = conditionsFor(plan);
  const names = Object.keys(SYSTEM_CALLS) as SystemCall[];
  const rules = names.flatMap((name) => {
    const number = numberOf(name, plan.arch);
    return number === undefined ? [] : [{ number, clauses: conditions[name] ?? [] }];
  });
  return assemble({ auditArch: AUDIT_ARCH[plan.arch], rules, unknownFrom: UNIFIED_NUMBERS });
}

function conditionsFor({ pid, jit }: FilterPlan): Partial<Record<SystemCall, readonly Clause[]>> {
  return {
    execve: [[{ arg: 0, is: 'equal', value: PATH_ADDRESS }], [{ arg: 0, half: 'high', is: 'equal', value: 0 }]],
    // Threads, not processes. `clone3` keeps its flags in memory, where no filter sees them: C libraries fall back to this.
    clone: [[{ arg: 0, is: 'anyBitOf', value: CLONE_THREAD }]],
    kill: [oneOf(0, [pid])],
    tgkill: [oneOf(0, [pid])],
    prlimit64: [oneOf(0, [0])],
    prctl: [oneOf(0, Object.values(PRCTL))],
    // Others map the kernel's own library at an address of one's choice.
    arch_prctl: [oneOf(0, [ARCH_SET_FS])],
    fcntl: [oneOf(1, Object.values(FCNTL))],
    ioctl: [oneOf(1, Object.values(IOCTL))],
    // Nor one that grows down to there when it is touched.
    mmap: [staysHigh(0), [without(3, MAP_GROWSDOWN)], ...(jit ? [] : FILES_ONLY)],
    mremap: [[without(3, MREMAP_FIXED)]],
    ...(jit ? {} : { mprotect: [[without(2, PROT_EXEC)]] }),
  };
}

/** Code comes from files, and none of those a child may read can it write. */
const FILES_ONLY: readonly Clause[] = [
  [without(2, PROT_EXEC), without(2, PROT_WRITE)],
  [without(2, PROT_EXEC), without(3, MAP_ANONYMOUS)],
];

/** No wish for an address near {@link PATH_ADDRESS}; 0 leaves the choice to the kernel, which starts at the other end. */
function staysHigh(arg: number): Clause {
  return [
    { arg, half: 'high', is: 'equal', value: 0, not: true },
    { arg, is: 'atLeast', value: LOW_END },
    { arg, is: 'equal', value: 0 },
  ];
}

function oneOf(arg: number, values: readonly number[]): Clause {
  return values.map((value): Test => ({ arg, is: 'equal', value }));
}

function without(arg: number, bits: number): Test {
  return { arg, is: 'anyBitOf', value: bits, not: true };
}
