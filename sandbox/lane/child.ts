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
import { dataBytesFor } from './cell-size.ts';
import { CHILD_ENVIRONMENT, FRAMES_FD, launcherCommand } from './launcher-command.ts';
import { CpuClock } from './proc.ts';

/** What kind of child, and how much memory it may have. */
export interface ChildPlan {
  readonly kind: 'cell' | 'workshop';
  /** RLIMIT_DATA in bytes. */
  readonly dataBytes: number;
  readonly programs: Programs;
}

/** Why a child ended. */
export interface ChildExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The first kilobytes of stderr: for the host's log, never for callers. */
  readonly stderr: string;
}

const STDERR_BYTES = 4096;
const START_MS = 20_000;
const STANDARD_DATA_BYTES = dataBytesFor(0);

/** A live child. Create with {@link spawnChild}. */
export class JailedChild {
  readonly plan: ChildPlan;
  readonly exited: Promise<ChildExit>;
  readonly #process: ChildProcess;
  readonly #frames: Duplex;
  readonly #cpu: CpuClock;
  #receive: (frame: Frame) => void = () => {};
  #dead = false;

  constructor(plan: ChildPlan, child: ChildProcess, frames: Duplex) {
    this.plan = plan;
    this.#process = child;
    this.#frames = frames;
    this.#cpu = new CpuClock(this.pid);
    this.exited = this.#untilExit();
    this.#listen();
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Dead, or told to die: of no more use either way. */
  get isDead(): boolean {
    return this.#dead;
  }

  /** CPU time of the whole process so far, read from outside; undefined where the kernel does not tell. */
  cpuMs(): number | undefined {
    return this.#cpu.read();
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
    this.#process.kill('SIGKILL');
  }

  #untilExit(): Promise<ChildExit> {
    let stderr = '';
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      if (stderr.length < STDERR_BYTES) stderr += chunk.toString();
    });
    return new Promise((resolve) => {
      this.#process.once('exit', (code, signal) => {
        this.#dead = true;
        this.#cpu[Symbol.dispose]();
        // What the pipe still holds is not heard; left open, it would keep the descriptor.
        this.#frames.destroy();
        resolve({ code, signal, stderr: stderr.slice(0, STDERR_BYTES) });
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
  return new JailedChild(plan, child, frames as Duplex);
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

function nodeFlags({ kind, dataBytes, programs }: ChildPlan): string[] {
  return [
    // No JIT: no writable code pages and a memory limit that holds. The workshop's esbuild is WebAssembly, which needs one.
    // Each step of a making gets a new isolate: with every function compiled into the cached code, none is compiled again.
    ...(kind === 'cell'
      ? ['--jitless', ...youngGenerationFlags(dataBytes)]
      : ['--no-lazy', '--max-old-space-size=512']),
    '--no-warnings',
    '--permission',
    '--allow-addons',
    ...programs.readable.map((path) => `--allow-fs-read=${path}`),
  ];
}

/**
 * isolated-vm sizes the young generation by the heap limit: up to 128 MiB so small that fresh contexts alone fill it every
 * third call. One MiB takes a quarter of the time off tools that make many objects; more would loosen the heap limit.
 */
function youngGenerationFlags(dataBytes: number): string[] {
  return dataBytes === STANDARD_DATA_BYTES ? ['--max-semi-space-size=1'] : [];
}

function programArguments({ kind, programs: { native } }: ChildPlan): string[] {
  return kind === 'cell' ? [native.isolatedVm] : [native.esbuild, native.esbuildWasm, native.isolatedVm];
}

function launched({ kind, dataBytes, programs }: ChildPlan, command: readonly string[]): string[] {
  const { launcher, readable } = programs;
  return launcherCommand(launcher, { command, dataBytes, readable, jit: kind === 'workshop' });
}
