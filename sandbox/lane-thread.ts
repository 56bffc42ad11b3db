// The host's end of lane threads: piscina runs the threads, starts them again after a crash and carries tasks and results;
// a port of the lane's own carries what happens in between.

import type { MessagePort } from 'node:worker_threads';

import { Piscina } from 'piscina';

import type { FromLane, LaneData, LaneHello, ToLane } from './lane/messages.ts';
import type { Programs } from './programs.ts';

/** How many threads, and what runs in them. */
export interface LaneThreadOptions {
  readonly worker: 'cell-worker' | 'workshop-worker';
  readonly programs: Programs;
  /** Threads of one kind. A cell lane has a pool of its own: which lane gets a run is the dispatcher's choice. */
  readonly threads: number;
  /** Tasks one thread holds at once. */
  readonly concurrency: number;
  readonly onMessage?: (message: FromLane) => void;
}

/** One or more lane threads that take tasks of one kind. */
export class LaneThreads<Task, Result> implements AsyncDisposable {
  readonly #pool: Piscina<Task, Result>;
  readonly #ports = new Map<number, MessagePort>();
  readonly #children = new Map<number, { readonly pids: readonly number[]; readonly killed: number }>();

  constructor(options: LaneThreadOptions) {
    const workerData: LaneData = { programs: options.programs };
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    this.#pool = new Piscina<Task, Result>({
      filename: new URL(`./lane/${options.worker}.${extension}`, import.meta.url).href,
      workerData,
      minThreads: options.threads,
      maxThreads: options.threads,
      concurrentTasksPerWorker: options.concurrency,
      // The default waits in Atomics.wait, which would stop the lane's event loop and with it every deadline.
      atomics: 'disabled',
    });
    this.#pool.on('message', (hello: LaneHello) => this.#connect(hello, options.onMessage));
    this.#pool.on('workerDestroy', ({ id }: { readonly id: number }) => {
      this.#ports.get(id)?.close();
      this.#ports.delete(id);
    });
    // A thread's crash rejects its tasks; piscina starts another.
    this.#pool.on('error', () => {});
  }

  /** Process ids of the children these threads own. */
  get pids(): readonly number[] {
    return [...this.#children.values()].flatMap(({ pids }) => pids);
  }

  get killed(): number {
    return [...this.#children.values()].reduce((sum, { killed }) => sum + killed, 0);
  }

  run(task: Task): Promise<Result> {
    return this.#pool.run(task);
  }

  send(message: ToLane): void {
    for (const port of this.#ports.values()) port.postMessage(message);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // SECURITY: the threads end here, which ends their children by parent-death signal; where there is none, and against
    // any race, each child is ended by name as well.
    const { pids } = this;
    await this.#pool.destroy();
    for (const pid of pids) killQuietly(pid);
  }

  #connect({ laneId, port }: LaneHello, onMessage: LaneThreadOptions['onMessage']): void {
    this.#ports.set(laneId, port);
    port.on('message', (message: FromLane) => {
      if (message.type === 'children') this.#children.set(laneId, message);
      else onMessage?.(message);
    });
    // A port that listens would keep a finished command alive.
    port.unref();
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}
