// What holds in both profiles, and that they are kept apart.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';

import { createSandbox, type Profile, type RunEvents, type Sandbox } from '#sandbox';
import { MAX_HELD, MAX_IDLE_ISOLATES, standardPlan } from '../../../sandbox/lane/cell-plan.ts';
import { ABORTING, codeOf, outputOf, run, toolOf, UNINTERRUPTIBLE } from '../../fixtures/jail/tools.ts';
import { until } from '../../fixtures/mcp/until.ts';

const benign = toolOf('benign', 'return { sum: input.a + input.b };');
const waiting = toolOf('waiting', `const got = await host.call('test.wait', { n: input.n }); return { got };`);
const bomb = toolOf('bomb', 'const all = []; for (;;) all.push(new Array(100_000).fill(all.length));');
const rope = toolOf('rope', String.raw`return { hit: /q/.test('一'.repeat(2 ** 29 - 25)) };`);

/** Holds the answers of `test.wait` until they are let go. */
class Gate {
  readonly #answers: (() => void)[] = [];
  #arrived = (): void => {};
  readonly events: RunEvents = {
    hostCall: () =>
      new Promise((resolve) => {
        this.#answers.push(() => resolve({ value: '"answer"', sideEffect: false }));
        this.#arrived();
      }),
  };

  /** Resolves when so many calls wait. */
  async holds(count: number): Promise<void> {
    while (this.#answers.length < count) await new Promise<void>((resolve) => (this.#arrived = resolve));
  }

  letGo(): void {
    for (const answer of this.#answers.splice(0)) answer();
  }
}

for (const profile of ['strict', 'fast'] as const) {
  // Proves jail.profiles-apart.
  describe(`in the profile ${profile}`, () => {
    /** One lane, so that everything meets in one cell. */
    let sandbox: Sandbox;
    before(() => {
      sandbox = createSandbox({ lanes: 1, maxLanes: 1 });
    });
    after(() => sandbox[Symbol.asyncDispose]());

    const ended = async (name: string, body: string, limits = {}) => {
      const outcome = await run(sandbox, toolOf(name, body), { profile, limits });
      return [codeOf(outcome), !outcome.ok && outcome.convicted];
    };

    it('a loop V8 cannot interrupt ends at its deadline, and is convicted', async () => {
      assert.deepEqual(await ended('stuck', UNINTERRUPTIBLE, { wallMs: 300 }), ['LIMIT_WALL', true]);
    });

    it('a loop ends at its CPU limit, compiled or not', async () => {
      assert.deepEqual(await ended('loop', 'for (;;);', { cpuMs: 100 }), ['LIMIT_CPU', true]);
    });

    it('an abort of the engine convicts the run that caused it', async () => {
      assert.deepEqual(await ended('aborting', ABORTING), ['RUN_CRASHED', true]);
    });

    it('memory is bounded, inside V8’s count and outside of it', async () => {
      const limits = { cpuMs: 10_000, wallMs: 20_000 };
      for (const artifact of [bomb, rope]) {
        const code = codeOf(await run(sandbox, artifact, { profile, limits }));
        assert.match(code, /^(LIMIT_HEAP|LIMIT_RSS|RUN_CRASHED)$/);
      }
    });

    it('a parked run starts over when another ends its cell', async () => {
      const gate = new Gate();
      const parked = run(sandbox, waiting, { profile, grants: ['test.wait'], events: gate.events });
      await gate.holds(1);
      assert.equal((await ended('stuck', UNINTERRUPTIBLE, { wallMs: 200 }))[0], 'LIMIT_WALL');
      await gate.holds(2);
      gate.letGo();
      assert.deepEqual(outputOf(await parked), { got: 'answer' });
    });

    it('as many runs as a lane may hold wait in one cell, beside warm isolates', async () => {
      const warm = Array.from({ length: 2 * MAX_IDLE_ISOLATES[profile] }, (_, at) => `warm_${at}`);
      const gate = new Gate();
      for (const name of warm) await run(sandbox, toolOf(name, 'return {};'), { profile });
      const killedBefore = sandbox.stats().cellsKilled;
      const runs = Array.from({ length: MAX_HELD[profile] - 1 }, () =>
        run(sandbox, waiting, { profile, grants: ['test.wait'], events: gate.events, limits: { wallMs: 30_000 } }),
      );
      await gate.holds(runs.length);
      for (const name of warm)
        assert.deepEqual(outputOf(await run(sandbox, toolOf(name, 'return {};'), { profile })), {});
      gate.letGo();
      for (const outcome of await Promise.all(runs)) assert.deepEqual(outputOf(outcome), { got: 'answer' });
      assert.equal(sandbox.stats().cellsKilled, killedBefore);
    });

    it('the kernel bounds what the cell may have', { skip: process.platform !== 'linux' }, async () => {
      await run(sandbox, benign, { profile });
      const limits = sandbox.stats().children.map((pid) => readFileSync(`/proc/${pid}/limits`, 'utf8'));
      const { dataBytes } = standardPlan(profile);
      assert.ok(
        limits.some((text) => new RegExp(String.raw`^Max data size +${dataBytes} +${dataBytes} `, 'm').test(text)),
      );
    });
  });
}

// Proves jail.profiles-apart.
describe('runs of two profiles', () => {
  const cellsOf = async (sandbox: Sandbox, profile: Profile): Promise<readonly number[]> => {
    assert.deepEqual(outputOf(await run(sandbox, benign, { profile, input: { a: 1, b: 2 } })), { sum: 3 });
    return sandbox.stats().children;
  };

  it('share no cell, one after the other included', async () => {
    await using sandbox = createSandbox({ lanes: 1, maxLanes: 1 });
    const [used] = await cellsOf(sandbox, 'strict');
    await cellsOf(sandbox, 'fast');
    // It was told to go before the second run began; that it went is heard a little later.
    await until('the end of the strict cell', () => !sandbox.stats().children.includes(used ?? 0));
  });

  it('do not wait for each other where there are two lanes', async () => {
    await using sandbox = createSandbox({ lanes: 2, maxLanes: 2 });
    const gate = new Gate();
    const parked = run(sandbox, waiting, { profile: 'strict', grants: ['test.wait'], events: gate.events });
    await gate.holds(1);
    await cellsOf(sandbox, 'fast');
    gate.letGo();
    assert.deepEqual(outputOf(await parked), { got: 'answer' });
  });
});
