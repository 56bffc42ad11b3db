// A program run in a child's place, behind the same walls but without Node's permission model: it does with system calls
// what a guest would do that has taken over its process, and reports what came of it.

import { accessSync, constants, existsSync, readdirSync, readFileSync, writeSync } from 'node:fs';

import { addressOf, callKernel, openLibc } from './libc.ts';
import type { Deed, ProbePlan, ProbeReport } from './probe-contract.ts';
import { archOf } from './seccomp.ts';
import { LANDLOCK } from './system-calls.ts';

/** Numbers on x64 and arm64. */
const CALLS = {
  openat: [257, 56],
  socket: [41, 198],
  connect: [42, 203],
  clone: [56, 220],
  exit_group: [231, 94],
  execve: [59, 221],
  ptrace: [101, 117],
  kill: [62, 129],
  mmap: [9, 222],
  prctl: [157, 167],
  io_uring_setup: [425, 425],
} as const;

const AT_FDCWD = 0xffff_ffff_ffff_ff9cn;
const NO_FILE = 0xffff_ffff_ffff_ffffn;
const O_WRONLY_CREAT = 0o101;
const AF_UNIX = 1;
const AF_INET = 2;
const SOCK_STREAM = 1;
const SIGCHLD = 17;
const PTRACE_SEIZE = 0x4206;
const PROT_ALL = 7;
const MAP_PRIVATE_ANONYMOUS = 0x22;
const PR_GET_PDEATHSIG = 2;
const GET_ABI = 1;

const libc = openLibc();
probe(JSON.parse(process.argv.at(-1) ?? '') as ProbePlan);

function probe(plan: ProbePlan): void {
  const deeds: Readonly<Record<Exclude<Deed, 'exec'>, () => boolean>> = {
    'find-file': () => existsSync(plan.file),
    'read-file': () => canOpen(plan.file),
    'write-file': () => canOpen(`${plan.folder}/from-inside`, O_WRONLY_CREAT),
    'read-host-environment': () => canOpen(`/proc/${plan.hostPid}/environ`),
    'read-host-memory': () => canOpen(`/proc/${plan.hostPid}/mem`),
    'connect-tcp': () => canConnect(AF_INET, internetAddress(plan.port)),
    'connect-unix': () => canConnect(AF_UNIX, unixAddress(plan.socketPath)),
    fork: canFork,
    ptrace: () => call('ptrace', PTRACE_SEIZE, plan.hostPid) >= 0n,
    // Signal 0 is refused where any other would be, and harms nobody where it is not.
    'signal-host': () => call('kill', plan.hostPid, 0) >= 0n,
    'io-uring': () => call('io_uring_setup', 1, addressOf(Buffer.alloc(120))) >= 0n,
    'writable-code': () => call('mmap', 0, 4096, PROT_ALL, MAP_PRIVATE_ANONYMOUS, NO_FILE, 0) > 0n,
  };
  const done = Object.entries(deeds).flatMap(([deed, attempt]) => (attempt() ? [deed as Deed] : []));
  // Before the last deed: where that one is not refused, nothing of this program is left to tell.
  tell({ done: [...done, 'exec'], facts: readFacts() });
  execute('/bin/true');
  tell({ done, facts: readFacts() });
}

function tell(report: ProbeReport): void {
  writeSync(1, `${JSON.stringify(report)}\n`);
}

function canOpen(path: string, flags = 0): boolean {
  return call('openat', AT_FDCWD, addressOf(text(path)), flags, 0o600) >= 0n;
}

function canConnect(family: number, address: Buffer): boolean {
  const fd = call('socket', family, SOCK_STREAM, 0);
  return fd >= 0n && call('connect', fd, addressOf(address), address.length) === 0n;
}

/** `struct sockaddr_in`. */
function internetAddress(port: number): Buffer {
  const address = Buffer.alloc(16);
  address.writeUInt16LE(AF_INET, 0);
  address.writeUInt16BE(port, 2);
  address.set([127, 0, 0, 1], 4);
  return address;
}

/** `struct sockaddr_un`. */
function unixAddress(path: string): Buffer {
  const address = Buffer.alloc(110);
  address.writeUInt16LE(AF_UNIX, 0);
  address.write(path, 2);
  return address;
}

function canFork(): boolean {
  const pid = call('clone', SIGCHLD);
  // The copy has one thread and no event loop: it ends at once.
  if (pid === 0n) call('exit_group', 0);
  return pid > 0n;
}

function execute(path: string): void {
  const name = text(path);
  const argv = Buffer.alloc(16);
  argv.writeBigUInt64LE(addressOf(name), 0);
  call('execve', addressOf(name), addressOf(argv), addressOf(Buffer.alloc(8)));
}

function readFacts(): ProbeReport['facts'] {
  const signal = Buffer.alloc(4);
  call('prctl', PR_GET_PDEATHSIG, addressOf(signal));
  return {
    ...readProc('status'),
    ...readProc('limits'),
    ...listRoot(),
    landlockAbi: Math.max(0, Number(callKernel(libc, LANDLOCK.createRuleset, 0, 0, GET_ABI))),
    parentDeathSignal: signal.readInt32LE(),
  };
}

function readProc(name: 'status' | 'limits'): Partial<Record<'status' | 'limits', string>> {
  try {
    return { [name]: readFileSync(`/proc/self/${name}`, 'utf8') };
  } catch {
    return {};
  }
}

function listRoot(): Pick<ProbeReport['facts'], 'root' | 'canWriteRoot'> {
  try {
    return { root: readdirSync('/'), canWriteRoot: canWrite('/') };
  } catch {
    return {};
  }
}

/** Asked, not tried: where it may, it would leave something behind. */
function canWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`);
}

function call(name: keyof typeof CALLS, ...args: readonly (number | bigint)[]): bigint {
  return callKernel(libc, CALLS[name][archOf() === 'x64' ? 0 : 1], ...args);
}
