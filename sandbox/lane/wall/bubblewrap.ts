// Bubblewrap, where it is installed and may do what it is for: a child then starts in namespaces of its own (user, process
// ids, network, IPC, host name, groups), in a root that holds nothing but its runtime, read-only, without /proc.
//
// SECURITY: it ends with its host and its child ends with it: bubblewrap's first process dies with the one outside, and the
// kernel ends a process-id namespace with its first process. test/integration/jail/orphans.test.ts holds it.

import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';

import type { Bubblewrap } from '../../programs.ts';
import type { BubblewrapMode } from './wall-settings.ts';

/** Where and for what to look; everything has the default that a host wants. */
export interface BubblewrapSearch {
  /** @default auto */
  readonly mode?: BubblewrapMode | undefined;
  /** Folders and files that are there to read, besides the runtime. */
  readonly readable: readonly string[];
  /** Paths of the program, the first that is there. @default where distributions have it */
  readonly places?: readonly string[];
}

/** Process id of whoever a child in bubblewrap has for parent, as the child sees it: the first of its namespace. */
export const REAPER_PID = 1;

const PLACES = ['/usr/bin/bwrap', '/usr/local/bin/bwrap', '/bin/bwrap'];
const LATEST_MS = 5000;

/** Looks for bubblewrap and tries it, some 20 ms; tells why not where it is of no use. Never rejects. */
export async function findBubblewrap(search: BubblewrapSearch): Promise<Bubblewrap | { readonly absent: string }> {
  const { mode = 'auto', readable, places = PLACES } = search;
  if (process.platform !== 'linux') return { absent: `only Linux has it, this is ${process.platform}` };
  if (mode === 'never') return { absent: 'not wanted: GLOVEBOX_BUBBLEWRAP is never' };
  const program = places.find(isExecutable);
  if (program === undefined) return { absent: 'not installed' };
  // Without them nobody could say which process is the child.
  if (!existsSync(`/proc/self/task/${process.pid}/children`))
    return { absent: 'this kernel does not list the children of a process' };
  const loader = findLoader();
  if (loader === undefined) return { absent: 'this Node is linked with no library' };
  try {
    const libraries = await listLibraries([loader]);
    const command = [program, ...OPTIONS, ...bindings([process.execPath, ...libraries, ...readable])];
    // By its own loader: the cheapest program that is in there, and it says whether the other one has all it needs.
    await listLibraries([...command, loaderIn(libraries) ?? loader]);
    return { command, libraries };
  } catch (error) {
    return { absent: `installed, but of no use here: ${reasonOf(error)}` };
  }
}

// A session of its own leads back to no terminal that the host may have.
const OPTIONS = ['--unshare-all', '--die-with-parent', '--new-session', '--cap-drop', 'ALL'];

const CACHE = '/etc/ld.so.cache';
const AFTER_BINDINGS = [
  ['--ro-bind-try', CACHE, CACHE],
  ['--dev-bind', '/dev/null', '/dev/null'],
  // The folders in between, too: nobody can write anywhere.
  ['--remount-ro', '/'],
  ['--chdir', '/', '--'],
];

function bindings(paths: readonly string[]): string[] {
  return [...paths.map((path) => ['--ro-bind', path, path]), ...AFTER_BINDINGS].flat();
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Undefined where this process has none: it is linked statically. */
function findLoader(): string | undefined {
  const maps = readFileSync('/proc/self/maps', 'utf8');
  return [...maps.matchAll(/ (\/.*)$/gm)].map((match) => match[1] ?? '').find(isLoader);
}

function loaderIn(libraries: readonly string[]): string | undefined {
  return libraries.find(isLoader);
}

function isLoader(path: string): boolean {
  return /^ld[-.].*\.so/.test(basename(path));
}

/** What a loader finds for this Node: at which paths, in its own words. */
async function listLibraries([program = '', ...args]: readonly string[]): Promise<readonly string[]> {
  const options = { env: {}, timeout: LATEST_MS, killSignal: 'SIGKILL' } as const;
  const { stdout } = await promisify(execFile)(program, [...args, '--list', process.execPath], options);
  // "name => path (address)", "path (address)"; of a path that is a link to another, the one that programs ask for.
  const lines = [...stdout.matchAll(/^\s*(.+?)(?: => (.+))? \(0x[0-9a-f]+\)$/gm)];
  return lines.map(([, name = '', path = '']) => (name.startsWith('/') ? name : path)).filter((path) => path !== '');
}

function reasonOf(error: unknown): string {
  const { stderr, message } = error as { readonly stderr?: string; readonly message: string };
  return ((stderr ?? '') === '' ? message : (stderr ?? '')).trim().split('\n', 1)[0] ?? '';
}
