// That a cell which has done its share goes, and that nobody notices.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { DEFAULT_LIMITS, type RunOutcome, type ToolArtifact } from '#sandbox';
import { CellSupply } from '../../../sandbox/lane/cell-supply.ts';
import type { CellShare } from '../../../sandbox/lane/cell-wear.ts';
import { Lane } from '../../../sandbox/lane/lane.ts';
import { bundlePrograms } from '../../../sandbox/programs.ts';
import { outputOf, toolOf } from '../../fixtures/jail/tools.ts';

const counts = toolOf('counts', 'return { twice: 2 * input.n };');
const waits = toolOf('waits', `return { awake: await host.call('test.wait', {}) };`);
const fills = toolOf('fills', 'globalThis.kept = new Array(5e6).fill(1.5); return { filled: true };');

const MUCH = 2 ** 30;
const TURNS = 3;

/** A lane in this thread, and every process it has had. */
class Watched implements Disposable {
  readonly #pids = new Set<number>();
  readonly #parked = Promise.withResolvers<void>();
  readonly #lane: Lane;
  readonly supply: CellSupply;
  #runs = 0;

  constructor(programs: Awaited<ReturnType<typeof bundlePrograms>>, share: CellShare) {
    this.supply = new CellSupply(programs, () => {
      for (const pid of this.supply.pids) this.#pids.add(pid);
    });
    this.#lane = new Lane({
      supply: this.supply,
      now: () => performance.now(),
      post: ({ type }) => {
        if (type === 'parked') this.#parked.resolve();
      },
      share,
    });
  }

  /** Resolves when a run has been parked. */
  get parked(): Promise<void> {
    return this.#parked.promise;
  }

  run(artifact: ToolArtifact = counts, n = 1): Promise<RunOutcome> {
    this.#runs += 1;
    return this.#lane.run({
      runId: `run-${this.#runs}`,
      tenant: 'local',
      artifact,
      limits: DEFAULT_LIMITS,
      input: JSON.stringify({ n }),
      seed: '0'.repeat(32),
      clockMs: 0,
      grants: ['test.wait'],
    });
  }

  /** Answers the first call of the first run. */
  wake(): void {
    const answer = { type: 'answer', ok: true, value: 'true', sideEffect: false, clockMs: 0 } as const;
    this.#lane.receive({ runId: 'run-1', attempt: 1, call: 1, ...answer });
  }

  async count(times: number): Promise<void> {
    for (let n = 0; n < times; n += 1) assert.deepEqual(outputOf(await this.run(counts, n)), { twice: 2 * n });
  }

  /** How many processes the lane got while this went on, and until the next run had its cell. */
  async started(work: () => Promise<void>): Promise<number> {
    const known = this.#pids.size;
    await work();
    await this.run();
    return this.#pids.size - known;
  }

  [Symbol.dispose](): void {
    this.#lane.receive({ type: 'close' });
  }

  static async open(share: CellShare): Promise<Watched> {
    const watched = new Watched(await bundlePrograms(), share);
    await watched.#lane.warm();
    return watched;
  }
}

// Proves jail.cells-recycled.
describe('a cell', () => {
  it('is replaced when it has done its share, and every run ends well', async () => {
    using lane = await Watched.open({ turns: TURNS, cpuMs: 60_000, rssBytes: MUCH });
    // In its place comes the spare, and one new spare.
    assert.equal(await lane.started(() => lane.count(4 * TURNS)), 4);
    assert.equal(lane.supply.killed, 0, 'none of them for what a run did');
  });

  it('stays as long as a run is parked in it', async () => {
    using lane = await Watched.open({ turns: TURNS, cpuMs: 60_000, rssBytes: MUCH });
    const waking = lane.run(waits);
    await lane.parked;
    const meanwhile = await lane.started(() => lane.count(TURNS));
    lane.wake();
    const afterwards = await lane.started(async () => assert.deepEqual(outputOf(await waking), { awake: true }));
    assert.deepEqual([meanwhile, afterwards], [0, 1]);
  });

  it('is replaced before the next run when one leaves too much in it', async () => {
    // A cell at rest has some 55 MB resident, and `fills` takes 40.
    using lane = await Watched.open({ turns: 1000, cpuMs: 60_000, rssBytes: 80_000_000 });
    const [little, much] = [
      await lane.started(() => lane.count(TURNS)),
      await lane.started(async () => assert.deepEqual(outputOf(await lane.run(fills)), { filled: true })),
    ];
    assert.deepEqual([little, much], [0, 1]);
  });
});
