// Cells, lane threads and workshops that somebody else ends or stops, at every stage of a call: each run has an outcome, no
// side effect happens twice, the service goes on.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';

import { createSandbox, isCodedError, type HostAnswer, type RunEvents, type Sandbox } from '#sandbox';
import { executes } from '../../fixtures/jail/executes.ts';
import { codeOf, outputOf, run, toolOf, UNINTERRUPTIBLE } from '../../fixtures/jail/tools.ts';
import { until } from '../../fixtures/mcp/until.ts';

const quick = toolOf('quick', 'return { ok: true };');
const loop = toolOf('loop', 'for (;;);');
const stuck = toolOf('stuck', UNINTERRUPTIBLE);
const long = { cpuMs: 20_000, wallMs: 20_000 };
const SIGNALS = ['SIGKILL', 'SIGSTOP'] as const;

/** A jail of one lane that has run something, and has a spare. */
async function openLane(): Promise<Sandbox> {
  const sandbox = createSandbox({ lanes: 1, maxLanes: 1 });
  assert.deepEqual(outputOf(await run(sandbox, quick)), { ok: true });
  await until('the spare', () => sandbox.stats().children.length === 2);
  // It counts from the moment it is spawned.
  await delay(200);
  return sandbox;
}

/** The oldest is at work, the other is the spare. */
function cellOf(sandbox: Sandbox): number {
  return sandbox.stats().children[0] ?? 0;
}

/** Stops a process, and waits until each of its threads stands: one that does not yet may take what it is sent. */
async function stop(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  const stats = () => globSync(`/proc/${pid}/task/*/stat`).map((file) => readFileSync(file, 'utf8'));
  await until('all threads to stand', () => stats().every((stat) => stat.includes(') T ')));
}

async function assertSound(sandbox: Sandbox): Promise<void> {
  assert.deepEqual(outputOf(await run(sandbox, quick)), { ok: true });
  const { running, parked, queued } = sandbox.stats();
  assert.deepEqual({ running, parked, queued }, { running: 0, parked: 0, queued: 0 });
}

/** Host calls that wait for the test. */
function gate(sandbox: Sandbox, sideEffect: boolean) {
  const waits: ((answer: HostAnswer) => void)[] = [];
  const events: RunEvents = { hostCall: () => new Promise((resolve) => waits.push(resolve)) };
  // Two silent seconds and a new cell may lie between two of them, on a machine that has other things to do.
  // And its turn has ended: before that a death would be the run's own.
  const hasArrived = (count: number) => waits.length === count && sandbox.stats().parked === 1;
  const arrival = (count: number) => until(`call ${count}`, () => hasArrived(count), 20_000);
  const answer = (call: number) => waits[call - 1]?.({ value: String(call), sideEffect });
  return { events, arrival, answer, calls: () => waits.length };
}

const twice = toolOf(
  'twice',
  `const first = await host.call('test.wait', 1); const second = await host.call('test.wait', 2); return { first, second };`,
);

for (const signal of SIGNALS) {
  // Proves jail.killed-outside.
  describe(`a cell that gets ${signal}`, () => {
    it('while it is idle costs the next run nothing but time', async () => {
      await using sandbox = await openLane();
      process.kill(cellOf(sandbox), signal);
      assert.deepEqual(outputOf(await run(sandbox, quick, { limits: { wallMs: 300 } })), { ok: true });
      await assertSound(sandbox);
    });

    it('while it is the spare is not handed over', async () => {
      await using sandbox = await openLane();
      process.kill(sandbox.stats().children[1] ?? 0, signal);
      assert.equal(codeOf(await run(sandbox, stuck, { limits: { cpuMs: 100 } })), 'LIMIT_CPU');
      await assertSound(sandbox);
    });

    it('while it executes convicts the run and bills it', async () => {
      await using sandbox = await openLane();
      const pending = run(sandbox, loop, { limits: long });
      await executes(cellOf(sandbox));
      process.kill(cellOf(sandbox), signal);
      const outcome = await pending;
      assert.equal(codeOf(outcome), signal === 'SIGKILL' ? 'RUN_CRASHED' : 'RUN_STALLED');
      // A tenth of a second, less what the lane's last look did not see: it looks every 20 ms, at a clock of 10.
      assert.ok(!outcome.ok && outcome.convicted && outcome.bill.cpuMs >= 50, JSON.stringify(outcome));
      if (signal === 'SIGKILL') assert.equal(outcome.failure.data?.['ended'], signal);
      await assertSound(sandbox);
    });

    it('while a run is parked in it has that start over', async () => {
      await using sandbox = await openLane();
      const { events, arrival, answer } = gate(sandbox, false);
      const pending = run(sandbox, twice, { grants: ['test.wait'], events, limits: long });
      await arrival(1);
      process.kill(cellOf(sandbox), signal);
      await arrival(2);
      answer(2);
      await arrival(3);
      answer(3);
      assert.deepEqual(outputOf(await pending), { first: 2, second: 3 });
      await assertSound(sandbox);
    });

    it('before it takes an answer does no side effect twice', async () => {
      for (const sideEffect of [true, false]) {
        await using sandbox = await openLane();
        const { events, arrival, answer, calls } = gate(sandbox, sideEffect);
        const pending = run(sandbox, twice, { grants: ['test.wait'], events, limits: long });
        await arrival(1);
        // So that the answer is sent, and not heard.
        const cell = cellOf(sandbox);
        await stop(cell);
        answer(1);
        await delay(50);
        if (signal === 'SIGKILL') process.kill(cell, signal);
        if (sideEffect) {
          const outcome = await pending;
          assert.deepEqual([codeOf(outcome), !outcome.ok && outcome.convicted], ['RUN_INTERRUPTED', false]);
          assert.equal(calls(), 1);
        } else {
          await arrival(2);
          answer(2);
          await arrival(3);
          answer(3);
          assert.deepEqual(outputOf(await pending), { first: 2, second: 3 });
        }
        await assertSound(sandbox);
      }
    });

    it('right after a run ended in it leaves that its result', async () => {
      await using sandbox = await openLane();
      for (const afterMs of [0, 0.2, 0.5, 1]) {
        assert.deepEqual(outputOf(await run(sandbox, quick)), { ok: true });
        if (afterMs > 0) await delay(afterMs);
        process.kill(cellOf(sandbox), signal);
        assert.deepEqual(outputOf(await run(sandbox, quick, { limits: { wallMs: 300 } })), { ok: true });
      }
      await assertSound(sandbox);
    });
  });
}

describe('a cell that is killed before it takes a run up', () => {
  // Proves jail.killed-outside.
  it('has that run start over, and convicts nobody', async () => {
    await using sandbox = await openLane();
    const cell = cellOf(sandbox);
    await stop(cell);
    const pending = run(sandbox, quick, { limits: long });
    await delay(100);
    process.kill(cell, 'SIGKILL');
    assert.deepEqual(outputOf(await pending), { ok: true });
    await assertSound(sandbox);
  });

  it('at any moment of many calls leaves each with an outcome', async () => {
    await using sandbox = createSandbox({ lanes: 2 });
    const calling = toolOf('calling', `for (let i = 0; i < 5; i += 1) await host.call('test.wait', i); return {};`);
    const events: RunEvents = { hostCall: () => delay(2).then(() => ({ value: '1', sideEffect: false })) };
    let done = false;
    const calls = Promise.all(
      Array.from({ length: 200 }, () => run(sandbox, calling, { grants: ['test.wait'], events, limits: long })),
    ).finally(() => (done = true));
    const killed = (async () => {
      for (let count = 0; ; count += 1) {
        if (done || count === 10) return count;
        const { children } = sandbox.stats();
        const pid = children[count % Math.max(1, children.length)];
        if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGKILL');
        await delay(100);
      }
    })();
    const codes = (await calls).map((outcome) => (outcome.ok ? 'done' : outcome.failure.code));
    // The last where one lane loses two cells in a row while they start: then its run has not begun.
    for (const code of codes) assert.match(code, /^(done|RUN_CRASHED|RUN_INTERRUPTED|CELL_UNAVAILABLE)$/);
    assert.ok(codes.filter((code) => code === 'CELL_UNAVAILABLE').length <= (await killed) / 2, codes.join());
    assert.ok((await killed) > 1);
    await assertSound(sandbox);
  });
});

describe('a lane thread that goes down', () => {
  // Proves jail.lane-death.
  it('leaves no process, not even a stuck one, and fails its runs by a code', async () => {
    const threads: Worker[] = [];
    const collect = (thread: Worker): void => void threads.push(thread);
    process.on('worker', collect);
    await using sandbox = await openLane();
    process.off('worker', collect);
    const before = sandbox.stats().children;
    const lost = run(sandbox, stuck, { limits: long }).then(
      codeOf,
      (error: unknown) => isCodedError(error) && error.code,
    );
    await executes(cellOf(sandbox));
    await threads[0]?.terminate();
    assert.equal(await lost, 'CELL_UNAVAILABLE');
    await assertSound(sandbox);
    assert.ok(sandbox.stats().children.every((pid) => !before.includes(pid)));
    for (const pid of before) await until(`the end of ${pid}`, () => !isAlive(pid));
  });
});

describe('a host that stops', () => {
  // Proves jail.stuck-shutdown.
  it('is not held up by a stuck cell, a stopped spare and a stopped workshop', async () => {
    const sandbox = createSandbox({ lanes: 1, maxLanes: 1 });
    const compile = () =>
      sandbox.compile({ tenant: 'local', entry: 'tool.ts', files: { 'tool.ts': 'export default {};' } });
    assert.deepEqual(outputOf(await run(sandbox, quick)), { ok: true });
    await until('the spare', () => sandbox.stats().children.length === 2);
    const [cell = 0, spare = 0] = sandbox.stats().children;
    await compile();
    const [, , workshop = 0] = sandbox.stats().children;
    for (const pid of [spare, workshop]) process.kill(pid, 'SIGSTOP');
    const ends = Promise.allSettled([run(sandbox, stuck, { limits: long }), compile()]);
    await executes(cell);
    const startedAt = performance.now();
    await sandbox.drain(300);
    await sandbox[Symbol.asyncDispose]();
    assert.ok(performance.now() - startedAt < 1500, `${performance.now() - startedAt} ms`);
    const codes = (await ends).map((end) => {
      if (end.status === 'fulfilled') return 'failure' in end.value ? end.value.failure.code : 'done';
      return isCodedError(end.reason) ? end.reason.code : String(end.reason);
    });
    assert.deepEqual(codes, ['HOST_STOPPING', 'HOST_STOPPING']);
    // What bubblewrap holds ends a moment after it.
    for (const pid of [cell, spare, workshop]) await until(`the end of ${pid}`, () => !isAlive(pid));
  });
});

/** Whether a process runs; one that has ended and was not reaped does not. */
function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}
