// Which files a jailed child may open: its own program, the libraries that one is linked with, what its lane names. No
// other file, to read or to write; no TCP port; no process outside, to signal or to reach by an abstract socket.
//
// SECURITY: Landlock does not govern `stat`, `access` and `readlink`: a child that is lost can learn that a path exists.
// test/integration/jail/operating-system.test.ts holds what it does govern.

import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';

import { addressOf, callKernel, type Libc } from './libc.ts';
import { LANDLOCK } from './system-calls.ts';

const GET_ABI = 1;
const RULE_PATH_BENEATH = 1;
const EXECUTE = 1n << 0n;
const READ_FILE = 1n << 2n;
const READ_DIR = 1n << 3n;
/** Rights on files that an ABI knows: each names the lowest one that has so many. */
const FILE_RIGHTS: readonly (readonly [abi: number, bits: bigint])[] = [
  [5, 16n],
  [3, 15n],
  [2, 14n],
  [1, 13n],
];
const NETWORK_SINCE = 4;
const NETWORK_RIGHTS = 0b11n;
const SCOPES_SINCE = 6;
const SCOPES = 0b11n;
// O_PATH: the file is named, not opened.
const O_PATH = 0o10000000;

/** 0 where the kernel has no Landlock, or was started without it. */
export function landlockAbi(libc: Libc): number {
  return Math.max(0, Number(callKernel(libc, LANDLOCK.createRuleset, 0, 0, GET_ABI)));
}

/** What a process may open. */
export interface FilePlan {
  /** The program it becomes, and its arguments. */
  readonly command: readonly string[];
  /** Folders and files, for reading. */
  readonly readable: readonly string[];
  /** What the program is linked with. @default what this process has mapped */
  readonly libraries?: readonly string[];
}

/** Confines the calling thread, and what it becomes, to its program's files and these folders and files, for reading. */
export function confineFiles(libc: Libc, abi: number, plan: FilePlan): void {
  const ruleset = createRuleset(libc, abi);
  const allow = (path: string, execute: boolean): void => {
    const fd = openPath(path);
    if (fd === undefined) return;
    const folder = statSync(path).isDirectory();
    const rule = Buffer.alloc(12);
    rule.writeBigUInt64LE(READ_FILE | (folder ? READ_DIR : 0n) | (execute ? EXECUTE : 0n), 0);
    rule.writeInt32LE(fd, 8);
    const added = callKernel(libc, LANDLOCK.addRule, ruleset, RULE_PATH_BENEATH, addressOf(rule));
    closeSync(fd);
    if (added !== 0n) throw new Error('landlock_add_rule failed');
  };
  allow(plan.command[0] ?? '', true);
  // The loader is executed by the kernel, on the program's behalf.
  for (const path of plan.libraries ?? mappedFiles()) allow(path, basename(path).startsWith('ld'));
  for (const path of ['/etc/ld.so.cache', '/dev/null', ...plan.readable]) allow(path, false);
  if (callKernel(libc, LANDLOCK.restrictSelf, ruleset) !== 0n) throw new Error('landlock_restrict_self failed');
}

function createRuleset(libc: Libc, abi: number): number {
  const bits = FILE_RIGHTS.find(([since]) => abi >= since)?.[1] ?? 13n;
  const attributes = Buffer.alloc(abi >= SCOPES_SINCE ? 24 : abi >= NETWORK_SINCE ? 16 : 8);
  attributes.writeBigUInt64LE((1n << bits) - 1n, 0);
  if (abi >= NETWORK_SINCE) attributes.writeBigUInt64LE(NETWORK_RIGHTS, 8);
  if (abi >= SCOPES_SINCE) attributes.writeBigUInt64LE(SCOPES, 16);
  const ruleset = Number(callKernel(libc, LANDLOCK.createRuleset, addressOf(attributes), attributes.length, 0));
  if (ruleset < 0) throw new Error('landlock_create_ruleset failed');
  return ruleset;
}

/** The launcher is the same Node as what it becomes: what it is linked with, that one is. */
function mappedFiles(): ReadonlySet<string> {
  const maps = readFileSync('/proc/self/maps', 'utf8');
  return new Set([...maps.matchAll(/ (\/.*)$/gm)].map((match) => match[1] ?? ''));
}

/** Undefined for what is not there. */
function openPath(path: string): number | undefined {
  try {
    return openSync(path, O_PATH);
  } catch {
    return undefined;
  }
}
