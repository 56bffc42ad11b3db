// The host's end of a lane thread: piscina runs the thread, starts it again after a crash and carries tasks and results;
// a port of the lane's own carries what happens in between.

import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';

import { Piscina } from 'piscina';

import type { FromLane, LaneData, LaneHello, RunNotice, ToLane } from './lane/messages.ts';
import type { Programs } from './programs.ts';

/** What runs in the thread. */
export interface LaneThreadOptions {
  readonly worker: 'cell-worker' | 'workshop-worker';
  readonly programs: Programs;
  /** Tasks the thread holds at once. */
  readonly concurrency: number;
  readonly onNotice?: (notice: RunNotice) => void;
  /** Whether a task may be given to it before it has a cell. @default true */
  readonly isReady?: boolean;
  /** Hears that the thread has got a cell. */
  readonly onReady?: () => void;
}

/** How long a thread may take to see its children end. */
const CLOSE_MS = 2000;

/** A thread that takes tasks of one kind. Which lane gets a task is not piscina's choice: each has a pool of its own. */
export class LaneThread<Task, Result> implements AsyncDisposable {
  readonly #pool: Piscina<Task, Result>;
  readonly #onNotice: LaneThreadOptions['onNotice'];
  readonly #onReady: LaneThreadOptions['onReady'];
  readonly #connected = Promise.withResolvers<void>();
  #port: MessagePort | undefined;
  #pids: readonly number[] = [];
  #killed = 0;
  #isReady: boolean;
  #onChildren = (): void => {};

  constructor(options: LaneThreadOptions) {
    this.#onNotice = options.onNotice;
    this.#onReady = options.onReady;
    this.#isReady = options.isReady ?? true;
    const workerData: LaneData = { programs: options.programs };
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    this.#pool = new Piscina<Task, Result>({
      filename: new URL(`./lane/${options.worker}.${extension}`, import.meta.url).href,
      workerData,
      minThreads: 1,
      maxThreads: 1,
      concurrentTasksPerWorker: options.concurrency,
      // The default waits in Atomics.wait, which would stop the lane's event loop and with it every deadline.
      atomics: 'disabled',
    });
    this.#pool.on('message', ({ port }: LaneHello) => this.#connect(port));
    this.#pool.on('workerDestroy', () => this.#disconnect());
    // A thread's crash rejects its tasks; piscina starts another.
    this.#pool.on('error', () => {});
  }

  /** Process ids of the children the thread owns. */
  get pids(): readonly number[] {
    return this.#pids;
  }

  /** How many of its children the thread has killed. */
  get killed(): number {
    return this.#killed;
  }

  /** False while the thread waits for a cell to start. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** What the lane said of the task before its end is heard before this resolves. */
  async run(task: Task): Promise<Result> {
    try {
      return await this.#pool.run(task);
    } finally {
      this.#hearAll();
    }
  }

  send(message: ToLane): void {
    this.#port?.postMessage(message);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A child that ends after its thread did is never reaped: first the children, then the thread.
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, CLOSE_MS);
    await Promise.race([this.#closeChildren(), late.promise]);
    clearTimeout(timer);
    // SECURITY: whatever is left ends with the thread, by parent-death signal, or here by name.
    const left = this.#pids;
    await this.#pool.destroy();
    for (const pid of left) killQuietly(pid);
  }

  async #closeChildren(): Promise<void> {
    await this.#connected.promise;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onChildren = () => {
      if (this.#pids.length === 0) resolve();
    };
    this.send({ type: 'close' });
    await promise;
  }

  #connect(port: MessagePort): void {
    this.#port = port;
    port.on('message', (message: FromLane) => this.#hear(message));
    // A port that listens would keep a finished command alive.
    port.unref();
    this.#connected.resolve();
  }

  #hear(message: FromLane): void {
    if (message.type === 'cell') return this.#setReady(message.isReady);
    if (message.type !== 'children') return this.#onNotice?.(message);
    this.#pids = message.pids;
    this.#killed = message.killed;
    this.#onChildren();
  }

  #setReady(isReady: boolean): void {
    this.#isReady = isReady;
    if (isReady) this.#onReady?.();
  }

  /** Results come on piscina's port and can overtake what was said on the lane's own; what was sent first is queued here. */
  #hearAll(): void {
    for (;;) {
      const next = this.#port === undefined ? undefined : receiveMessageOnPort(this.#port);
      if (next === undefined) return;
      this.#hear(next.message as FromLane);
    }
  }

  #disconnect(): void {
    this.#port?.close();
    this.#port = undefined;
    // Where there is no parent-death signal nothing else ends them. Nobody has reaped them: no other process has their ids.
    for (const pid of this.#pids) killQuietly(pid);
    this.#pids = [];
    this.#onChildren();
    // The next task is told what became of the thread.
    this.#setReady(true);
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}
