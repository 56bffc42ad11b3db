// What meets what at the wrong moment: cancellations, answers, deaths and disposal. Nothing waits for ever, no lane is lost.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';

import {
  createSandbox,
  DEFAULT_LIMITS,
  isCodedError,
  type HostAnswer,
  type RunEvents,
  type RunOutcome,
  type Sandbox,
} from '#sandbox';
import { Dispatcher } from '../../../sandbox/dispatcher.ts';
import { bundlePrograms } from '../../../sandbox/programs.ts';
import { codeOf, outputOf, run, toolOf, UNINTERRUPTIBLE } from '../../fixtures/jail/tools.ts';

const MIB = 2 ** 20;
const quick = toolOf('quick', 'return { ok: true };');
const loop = toolOf('loop', 'for (;;);');
const stuck = toolOf('stuck', UNINTERRUPTIBLE);
const waiting = toolOf('waiting', `return { got: await host.call('test.wait', {}) };`);

/** After whatever happened, every lane takes a run, and none is counted that is not there. */
async function assertSound(sandbox: Sandbox): Promise<void> {
  await sandbox.warm();
  const { lanes } = sandbox.stats();
  const outcomes = await Promise.all(Array.from({ length: 2 * lanes }, () => run(sandbox, quick)));
  for (const outcome of outcomes) assert.deepEqual(outputOf(outcome), { ok: true });
  const { running, parked, queued } = sandbox.stats();
  assert.deepEqual({ running, parked, queued }, { running: 0, parked: 0, queued: 0 });
}

describe('a cancellation', () => {
  it('reaches a run whose lane has only just begun to start', async () => {
    await using sandbox = createSandbox({ lanes: 1 });
    await sandbox.warm();
    const controller = new AbortController();
    const pending = run(sandbox, loop, { signal: controller.signal, limits: { cpuMs: 20_000, wallMs: 20_000 } });
    setImmediate(() => controller.abort());
    assert.equal(codeOf(await pending), 'RUN_CANCELLED');
    await assertSound(sandbox);
  });

  it('at any moment ends the run and frees its lane', async () => {
    await using sandbox = createSandbox({ lanes: 2 });
    await assertSound(sandbox);
    const events: RunEvents = { hostCall: () => delay(5).then(() => ({ value: '1', sideEffect: false })) };
    const calling = toolOf('calling', `for (let i = 0; i < 20; i += 1) await host.call('test.wait', i); return {};`);
    const ends = await Promise.all(
      Array.from({ length: 60 }, async (_, i) => {
        const controller = new AbortController();
        const pending = run(sandbox, calling, { signal: controller.signal, grants: ['test.wait'], events });
        setTimeout(() => controller.abort(), i * 3);
        return pending.then(
          (outcome) => (outcome.ok ? 'done' : outcome.failure.code),
          (error: unknown) => (isCodedError(error) ? error.code : String(error)),
        );
      }),
    );
    for (const end of ends) assert.ok(end === 'done' || end === 'RUN_CANCELLED', end);
    await assertSound(sandbox);
  });
});

describe('a run', () => {
  it('may wait for several answers at once', async () => {
    await using sandbox = createSandbox({ lanes: 1, maxLanes: 1 });
    const sleepy = toolOf(
      'sleepy',
      'await Promise.all([host.sleep(5), host.sleep(5), host.sleep(30)]); return { at: Date.now() };',
    );
    const outcome = await run(sandbox, sleepy);
    assert.deepEqual(outputOf(outcome), { at: Date.UTC(2026, 0, 15) + 30 });
    await assertSound(sandbox);
  });

  it('that ends before its calls are answered has them told', async () => {
    await using sandbox = createSandbox({ lanes: 1 });
    const { promise, resolve } = Promise.withResolvers<void>();
    const events: RunEvents = {
      hostCall: (_call, signal) => {
        signal.addEventListener('abort', () => resolve());
        return new Promise<HostAnswer>(() => {});
      },
    };
    const hasty = toolOf('hasty', `host.call('test.wait', {}).catch(() => {}); await host.sleep(100); return {};`);
    assert.deepEqual(outputOf(await run(sandbox, hasty, { grants: ['test.wait'], events })), {});
    await promise;
  });

  it('that starts over does not get the answers of its first attempt', async () => {
    await using sandbox = createSandbox({ lanes: 1, maxLanes: 1 });
    let calls = 0;
    const arrived = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const events: RunEvents = {
      async hostCall() {
        const attempt = calls++;
        arrived[attempt]?.resolve();
        // The first answer comes when the second attempt already waits for its own.
        await (attempt === 0 ? arrived[1]?.promise : delay(100));
        return { value: String(attempt), sideEffect: false };
      },
    };
    const pending = run(sandbox, waiting, { grants: ['test.wait'], events });
    await arrived[0]?.promise;
    await run(sandbox, stuck, { limits: { wallMs: 100 } });
    assert.deepEqual(outputOf(await pending), { got: 1 });
    await assertSound(sandbox);
  });

  it('that starts over is not given an answer that was on its way to its first attempt', async () => {
    const programs = await bundlePrograms();
    await using jail = new Dispatcher({ programs, lanes: 1, maxLanes: 1, maxQueued: 1, queueMs: 5000, idleMs: 1000 });
    const arrived = Promise.withResolvers<void>();
    const task = {
      tenant: 'local',
      limits: DEFAULT_LIMITS,
      input: '{}',
      seed: '0'.repeat(32),
      clockMs: 0,
      grants: ['test.wait'],
    };
    const pending = jail.run({
      task: { ...task, runId: 'waiting', artifact: waiting },
      key: 'waiting',
      digest: waiting.digest,
      onNotice(notice, reply) {
        if (notice.type !== 'call') return;
        if (notice.attempt === 1) return arrived.resolve();
        for (const attempt of [1, 2]) {
          const answer = { type: 'answer', ok: true, value: String(attempt), sideEffect: false, clockMs: 0 } as const;
          reply({ runId: notice.runId, call: notice.call.call, attempt, ...answer });
        }
      },
    });
    await arrived.promise;
    const limits = { ...DEFAULT_LIMITS, wallMs: 100 };
    await jail.run({ task: { ...task, runId: 'stuck', artifact: stuck, limits }, key: 'stuck', digest: stuck.digest });
    assert.deepEqual(outputOf(await pending), { got: 2 });
  });

  it('of another tenant, or of another cell size, does not block those it waits for', async () => {
    await using sandbox = createSandbox({ lanes: 1, maxLanes: 1 });
    const events: RunEvents = { hostCall: () => delay(100).then(() => ({ value: '1', sideEffect: false })) };
    const parked = run(sandbox, waiting, { grants: ['test.wait'], events });
    await delay(50);
    const others = [
      run(sandbox, quick, { tenant: 'other' }),
      run(sandbox, quick, { limits: { heapBytes: 200 * MIB } }),
    ];
    assert.deepEqual(outputOf(await parked), { got: 1 });
    for (const outcome of await Promise.all(others)) assert.deepEqual(outputOf(outcome), { ok: true });
    await assertSound(sandbox);
  });

  it('does not die of what parked runs hold', async () => {
    await using sandbox = createSandbox({ lanes: 1, maxLanes: 1 });
    const release = Promise.withResolvers<HostAnswer>();
    const events: RunEvents = { hostCall: () => release.promise };
    const hoarder = toolOf(
      'hoarder',
      `const all = Array.from({ length: 45 }, (_, i) => new Array(2 ** 17).fill(i)); await host.call('test.wait', {}); return { n: all.length };`,
    );
    const worker = toolOf(
      'worker',
      'return { n: Array.from({ length: 40 }, (_, i) => new Array(2 ** 17).fill(i)).length };',
    );
    const hoarders = Array.from({ length: 12 }, () =>
      run(sandbox, hoarder, { grants: ['test.wait'], events, limits: { wallMs: 20_000 } }),
    );
    await until(
      () => sandbox.stats().parked === hoarders.length || (sandbox.stats().running === 0 && sandbox.stats().parked > 0),
    );
    const worked = run(sandbox, worker, { limits: { wallMs: 20_000 } });
    await delay(200);
    release.resolve({ value: '1', sideEffect: false });
    const outcomes: RunOutcome[] = await Promise.all([worked, ...hoarders]);
    for (const outcome of outcomes) assert.equal(outcome.ok, true, outcome.ok ? '' : codeOf(outcome));
  });
});

describe('a run that grows while it is parked', () => {
  it('is interrupted before another one dies of it', async () => {
    await using sandbox = createSandbox({ lanes: 1, maxLanes: 1 });
    const events: RunEvents = { hostCall: () => delay(300).then(() => ({ value: '1', sideEffect: false })) };
    const grower = toolOf(
      'grower',
      `await host.call('test.wait', 1); const all = Array.from({ length: 45 }, (_, i) => new Array(2 ** 17).fill(i)); await host.call('test.wait', 2); return { n: all.length };`,
    );
    const limits = { wallMs: 20_000 };
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, () => run(sandbox, grower, { grants: ['test.wait'], events, limits })),
    );
    const ends = outcomes.map((outcome) => (outcome.ok ? 'done' : outcome.failure.code));
    assert.deepEqual(new Set(ends), new Set(['done', 'RUN_INTERRUPTED']));
    assert.ok(outcomes.every((outcome) => outcome.ok || !outcome.convicted));
    await assertSound(sandbox);
  });
});

describe('a lane thread that goes down', () => {
  it('takes its runs with it and no others, and is replaced', async () => {
    const threads: Worker[] = [];
    const collect = (thread: Worker): void => void threads.push(thread);
    process.on('worker', collect);
    await using sandbox = createSandbox({ lanes: 2 });
    await assertSound(sandbox);
    process.off('worker', collect);
    const limits = { cpuMs: 20_000, wallMs: 20_000 };
    const controller = new AbortController();
    const lost = Array.from({ length: 2 }, () => run(sandbox, loop, { limits, signal: controller.signal }));
    await delay(50);
    await threads[0]?.terminate();
    const codes = Promise.all(
      lost.map((one) => one.then(codeOf, (error: unknown) => isCodedError(error) && error.code)),
    );
    controller.abort();
    assert.deepEqual(new Set(await codes), new Set(['CELL_UNAVAILABLE', 'RUN_CANCELLED']));
    await assertSound(sandbox);
  });
});

describe('disposal', () => {
  it('ends what runs, what is parked and what waits, and convicts no one', async () => {
    const sandbox = createSandbox({ lanes: 1, maxLanes: 1 });
    const events: RunEvents = { hostCall: () => new Promise<HostAnswer>(() => {}) };
    const limits = { cpuMs: 20_000, wallMs: 20_000 };
    const parked = run(sandbox, waiting, { grants: ['test.wait'], events, limits });
    await delay(300);
    const running = run(sandbox, stuck, { limits });
    await delay(50);
    const queued = run(sandbox, quick, { limits });
    const startedAt = performance.now();
    const ends = Promise.allSettled([parked, running, queued]);
    await sandbox[Symbol.asyncDispose]();
    for (const end of await ends) {
      if (end.status === 'rejected') assert.equal(isCodedError(end.reason) && end.reason.code, 'HOST_STOPPING');
      else assert.deepEqual([codeOf(end.value), end.value.ok || end.value.convicted], ['HOST_STOPPING', false]);
    }
    assert.ok(performance.now() - startedAt < 1500);
  });

  it('at any moment of a start leaves no process, not even a dead one', async () => {
    const before = await childrenOf(process.pid);
    for (const afterMs of [0, 5, 50, 150]) {
      const sandbox = createSandbox({ lanes: 2 });
      const pending = run(sandbox, quick).catch(() => {});
      await delay(afterMs);
      await sandbox[Symbol.asyncDispose]();
      await pending;
    }
    await delay(50);
    assert.deepEqual(await childrenOf(process.pid), before);
  });

  it('lets a program end at once', async () => {
    const program = spawn(
      process.execPath,
      [fileURLToPath(new URL('../../fixtures/jail/one-run.ts', import.meta.url))],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const [text] = (await once(program.stdout, 'data')) as [Buffer];
    const disposedAt = performance.now();
    const [code] = (await once(program, 'exit')) as [number];
    assert.equal(text.toString().trim(), '{"ok":true}');
    assert.equal(code, 0);
    assert.ok(performance.now() - disposedAt < 1000, `${performance.now() - disposedAt} ms`);
  });
});

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!holds() && Date.now() < deadline) await delay(20);
}

/** Process ids of the direct children of a process, zombies included. */
async function childrenOf(pid: number): Promise<string[]> {
  const ps = spawn('ps', ['-o', 'pid=,stat=,args=', '--ppid', String(pid)], { stdio: ['ignore', 'pipe', 'ignore'] });
  const chunks = await ps.stdout.toArray();
  const lines = Buffer.concat(chunks as Buffer[])
    .toString()
    .split('\n');
  return lines.filter((line) => line.trim() !== '' && !line.includes('ps -o'));
}
