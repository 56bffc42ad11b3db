// One jailed child process, as its lane sees it: a way in, a stream of frames out, a way to end it.
//
// SECURITY: empty environment, Node's permission model, rlimits, parent-death signal, Landlock and seccomp (`launch.ts`);
// test/integration/jail/walls.test.ts and operating-system.test.ts hold them. A frame that breaks the wire's rules ends
// the child: nothing it says later can be trusted.

import { spawn, type ChildProcess } from 'node:child_process';
import type { Duplex } from 'node:stream';

import { sandboxError } from '../errors.ts';
import type { Programs } from '../programs.ts';
import { encodeFrame, FrameReader, WIRE_VERSION, type Frame } from '../wire.ts';
import { isSamePlan, MAX_IDLE_ISOLATES, standardPlan, type CellPlan } from './cell-plan.ts';
import { CHILD_ENVIRONMENT, FRAMES_FD, launcherCommand } from './launcher-command.ts';
import { ProcessGauge, type ProcessUsage } from './proc.ts';
import { createChildGroup, limitsFor, type ChildGroup } from './wall/cgroup.ts';
import { endWrapped, programOf, unwrapEnd, type End } from './wrapped.ts';

/** What kind of child, how it executes and how much memory it may have. */
export interface ChildPlan extends CellPlan {
  readonly kind: 'cell' | 'workshop';
  readonly programs: Programs;
}

/** Why a child ended. */
export interface ChildExit extends End {
  /** The first kilobytes of stderr: for the host's log, never for callers. */
  readonly stderr: string;
}

const STDERR_BYTES = 4096;
const START_MS = 20_000;

/** A live child. Create with {@link spawnChild}. */
export class JailedChild {
  readonly plan: ChildPlan;
  readonly exited: Promise<ChildExit>;
  readonly #process: ChildProcess;
  readonly #frames: Duplex;
  readonly #group: ChildGroup | undefined;
  #pid: number;
  #gauge: ProcessGauge;
  #lastUsage: ProcessUsage | undefined;
  #receive: (frame: Frame) => void = () => {};
  #dead = false;

  constructor(plan: ChildPlan, child: ChildProcess, frames: Duplex, group: ChildGroup | undefined) {
    this.plan = plan;
    this.#process = child;
    this.#group = group;
    this.#frames = frames;
    this.#pid = child.pid ?? 0;
    this.#gauge = new ProcessGauge(this.#pid);
    this.exited = this.#untilExit();
    this.#listen();
  }

  /** The process that runs the program; in bubblewrap until {@link arrive} the outer one, which gets it there. */
  get pid(): number {
    return this.#pid;
  }

  /** Dead, or told to die: of no more use either way. */
  get isDead(): boolean {
    return this.#dead;
  }

  /**
   * What the whole process uses, read from outside; after its end the last that was read. Undefined where the kernel does
   * not tell.
   */
  usage(): ProcessUsage | undefined {
    this.#lastUsage = this.#gauge.read() ?? this.#lastUsage;
    return this.#lastUsage;
  }

  /** To be called once the program says that it runs, and has got nothing to run that could be hostile. */
  arrive(): void {
    if (this.#dead || !this.#isWrapped) return;
    this.#pid = programOf(this.#process);
    // It may have been started before the one that started it was moved there.
    this.#group?.add(this.#pid);
    this.#gauge[Symbol.dispose]();
    this.#gauge = new ProcessGauge(this.#pid);
  }

  /** Sets who hears the frames from now on. */
  onFrame(receive: (frame: Frame) => void): void {
    this.#receive = receive;
  }

  /** @throws CELL_PROTOCOL when the message is larger than a child takes */
  send(header: Frame['header'], ...bodies: readonly (string | Uint8Array)[]): void {
    if (!this.#dead) this.#frames.write(encodeFrame(header, ...bodies));
  }

  /** Ends the process from outside, whatever it is doing. */
  kill(): void {
    this.#dead = true;
    endProcess(this.plan, this.#process);
  }

  get #isWrapped(): boolean {
    return this.plan.programs.bubblewrap !== undefined;
  }

  #untilExit(): Promise<ChildExit> {
    let stderr = '';
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      if (stderr.length < STDERR_BYTES) stderr += chunk.toString();
    });
    return new Promise((resolve) => {
      this.#process.once('exit', (code, signal) => {
        this.#dead = true;
        this.#gauge[Symbol.dispose]();
        this.#group?.[Symbol.dispose]();
        // What the pipe still holds is not heard; left open, it would keep the descriptor.
        this.#frames.destroy();
        const end = this.#isWrapped ? unwrapEnd({ code, signal }) : { code, signal };
        resolve({ ...end, stderr: stderr.slice(0, STDERR_BYTES) });
      });
    });
  }

  #listen(): void {
    const reader = new FrameReader();
    this.#frames.on('data', (chunk: Buffer) => {
      if (this.#dead) return;
      try {
        for (const frame of reader.push(chunk)) {
          // The frame before may have been its last.
          if (!this.#dead) this.#receive(frame);
        }
      } catch {
        this.kill();
      }
    });
    // It has ended, and nobody has asked the kernel for its end yet: the last moment to read what it used.
    this.#frames.once('end', () => this.usage());
    // A pipe breaks when its process ends: `exited` tells.
    this.#frames.on('error', () => {});
  }
}

/**
 * Starts a child: {@link untilReady} tells when it is of use.
 *
 * @throws CELL_UNAVAILABLE when the system starts no process
 */
export function spawnChild(plan: ChildPlan): JailedChild {
  const command = [process.execPath, ...nodeFlags(plan), '--input-type=module', '-', ...programArguments(plan)];
  const [path = '', ...args] = process.platform === 'linux' ? launched(plan, command) : command;
  const child = spawn(path, args, {
    cwd: '/',
    env: CHILD_ENVIRONMENT,
    // Its own process group: Ctrl-C at a terminal is the host's to handle, and calls under way are drained.
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
  });
  // Without a process there is no id, below; and afterwards nothing that `exited` does not tell.
  child.on('error', () => {});
  // Out of descriptors or processes: Node then makes no pipes either, whatever the types say.
  const frames = (child.stdio as typeof child.stdio | undefined)?.[FRAMES_FD];
  if (child.pid === undefined || frames === undefined || frames === null) {
    throw sandboxError('CELL_UNAVAILABLE', `the system started no process for a ${plan.kind}`);
  }
  // The program itself comes through standard input.
  child.stdin?.on('error', () => {});
  child.stdin?.end(plan.kind === 'cell' ? plan.programs.cell : plan.programs.workshop);
  return new JailedChild(plan, child, frames as Duplex, moveToGroup(plan, child));
}

function endProcess({ programs }: ChildPlan, child: ChildProcess): void {
  if (programs.bubblewrap === undefined) child.kill('SIGKILL');
  else endWrapped(child);
}

/** Undefined where no group was delegated. @throws CELL_UNAVAILABLE */
function moveToGroup(plan: ChildPlan, child: ChildProcess): ChildGroup | undefined {
  const { cgroup } = plan.programs;
  if (cgroup === undefined) return undefined;
  try {
    const group = createChildGroup(cgroup, limitsFor(plan));
    // It runs nothing but the launcher by now, or bubblewrap.
    group.add(child.pid ?? 0);
    return group;
  } catch (cause) {
    endProcess(plan, child);
    throw sandboxError('CELL_UNAVAILABLE', `a ${plan.kind} got no control group`, undefined, { cause });
  }
}

/**
 * Gives a child its programs and waits until it is ready for work.
 *
 * @throws CELL_UNAVAILABLE when it does not get there
 */
export async function untilReady(child: JailedChild): Promise<void> {
  const { kind } = child.plan;
  const ready = new Promise<void>((resolve, reject) => {
    child.onFrame(({ header }) => {
      // From here on, what has no work has nothing to say.
      child.onFrame(() => child.kill());
      if (header.type === 'ready' && header['wire'] === WIRE_VERSION) resolve();
      else reject(new Error('speaks another wire version'));
    });
    void child.exited.then(({ stderr }) => reject(new Error(`ended while starting: ${stderr.slice(0, 400)}`)));
  });
  sendInit(child);
  const timer = setTimeout(() => child.kill(), START_MS);
  try {
    await ready;
    child.arrive();
  } catch (cause) {
    child.kill();
    throw sandboxError('CELL_UNAVAILABLE', `a ${kind} could not start`, undefined, { cause });
  } finally {
    clearTimeout(timer);
  }
}

function sendInit(child: JailedChild): void {
  const { kind, programs } = child.plan;
  if (kind === 'cell') {
    const { prelude, validatorRuntime } = programs;
    child.send(
      { type: 'init', wire: WIRE_VERSION, preludeBytes: Buffer.byteLength(prelude) },
      prelude,
      validatorRuntime,
    );
  } else {
    child.send({ type: 'init', wire: WIRE_VERSION, sdk: programs.sdk }, programs.engines);
  }
}

function nodeFlags({ kind, programs, ...plan }: ChildPlan): string[] {
  return [
    // Each step of a making gets a new isolate: with every function compiled into the cached code, none is compiled again.
    ...(kind === 'cell' ? cellFlags(plan) : ['--no-lazy', '--max-old-space-size=512']),
    '--no-warnings',
    '--permission',
    '--allow-addons',
    ...programs.readable.map((path) => `--allow-fs-read=${path}`),
  ];
}

function cellFlags(plan: CellPlan): string[] {
  return [
    // No JIT: no writable code pages and a memory limit that holds. With one: what a thread compiles beside an isolate that
    // runs on another is often never used.
    plan.profile === 'strict' ? '--jitless' : '--no-concurrent-recompilation',
    // The pages of a disposed isolate go back to the system at once, not to a pool for isolates to come.
    '--no-memory-pool-share-memory-on-teardown',
    ...youngGenerationFlags(plan),
  ];
}

/**
 * isolated-vm sizes the young generation by the heap limit: up to 128 MiB so small that fresh contexts alone fill it every
 * third call. One MiB takes a quarter of the time off tools that make many objects; more would loosen the heap limit.
 * Compiled code fills it sooner: a second MiB takes another quarter off, and a third and fourth next to nothing.
 */
function youngGenerationFlags(plan: CellPlan): string[] {
  if (!isSamePlan(plan, standardPlan(plan.profile))) return [];
  return [`--max-semi-space-size=${plan.profile === 'fast' ? 2 : 1}`];
}

function programArguments({ kind, profile, programs: { native } }: ChildPlan): string[] {
  return kind === 'cell'
    ? [String(MAX_IDLE_ISOLATES[profile]), native.isolatedVm]
    : [native.esbuild, native.esbuildWasm, native.isolatedVm];
}

function launched({ dataBytes, profile, programs }: ChildPlan, command: readonly string[]): string[] {
  const { launcher, readable, bubblewrap } = programs;
  return launcherCommand(launcher, { command, dataBytes, readable, jit: profile === 'fast' }, bubblewrap);
}
