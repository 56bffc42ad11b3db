// Who waits for whom.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';

import { createSandbox, isCodedError, type Sandbox } from '#sandbox';
import { codeOf, outputOf, run, toolOf } from '../../fixtures/jail/tools.ts';

const quick = toolOf('quick', 'return { ok: true };');
const slow = toolOf('slow', 'for (let i = 0; i < 3e6; i += 1); return {};');

/** Ended children of this process that nobody has reaped. */
function zombies(): string[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=,stat=', '--ppid', String(process.pid)], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => / Z/.test(line));
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!holds() && Date.now() < deadline) await delay(20);
  assert.ok(holds());
}

let sandbox: Sandbox;

before(() => {
  sandbox = createSandbox({ lanes: 2, maxQueued: 50 });
});
after(() => sandbox[Symbol.asyncDispose]());

describe('the lanes', () => {
  it('grow while runs are parked, shrink when idle, and leave no process behind', async () => {
    await using growing = createSandbox({ lanes: 1, maxLanes: 4, idleMs: 100 });
    const sleepy = toolOf('sleepy', 'await host.sleep(400); for (let i = 0; i < 1e6; i += 1); return {};');
    const pending = Array.from({ length: 12 }, () => run(growing, sleepy));
    await until(() => growing.stats().lanes > 1);
    for (const outcome of await Promise.all(pending)) assert.deepEqual(outputOf(outcome), {});
    await until(() => growing.stats().lanes === 1 && growing.stats().children.length === 2);
    assert.deepEqual(zombies(), []);
    assert.deepEqual(outputOf(await run(growing, quick)), { ok: true });
  });

  // Proves jail.slow-lanes.
  it('grow while slow runs hold them all, so that a quick one need not wait for their end', async () => {
    await using growing = createSandbox({ lanes: 2, maxLanes: 3 });
    const controller = new AbortController();
    const limits = { cpuMs: 30_000, wallMs: 30_000 };
    const loops = ['a', 'b'].map((name) =>
      run(growing, toolOf(name, 'for (;;);'), { limits, signal: controller.signal }),
    );
    assert.deepEqual(outputOf(await run(growing, quick)), { ok: true });
    assert.equal(growing.stats().running, 2);
    controller.abort();
    for (const outcome of await Promise.all(loops)) assert.equal(codeOf(outcome), 'RUN_CANCELLED');
  });
});

describe('the queue', () => {
  // Proves jail.fair.
  it('serves a second tool while a first one floods it', async () => {
    const limits = { cpuMs: 10_000, wallMs: 20_000 };
    const flood = Array.from({ length: 20 }, () => run(sandbox, slow, { limits }));
    let floodDone = 0;
    for (const one of flood) void one.then(() => (floodDone += 1));
    assert.deepEqual(outputOf(await run(sandbox, quick)), { ok: true });
    assert.ok(floodDone < 10, `${floodDone} of the flood came first`);
    await Promise.all(flood);
  });

  // Proves jail.bounded-queue.
  it('refuses with HOST_BUSY when it is full, and serves the rest', async () => {
    const all = await Promise.allSettled(Array.from({ length: 200 }, () => run(sandbox, quick)));
    const refused = all.filter((one) => one.status === 'rejected');
    const served = all.filter((one) => one.status === 'fulfilled');
    assert.ok(refused.length > 0 && served.length >= 50, `${served.length} served, ${refused.length} refused`);
    for (const { reason } of refused) {
      assert.ok(isCodedError(reason) && reason.code === 'HOST_BUSY');
      assert.equal(typeof reason.data?.['retryAfterMs'], 'number');
    }
    for (const { value } of served) assert.deepEqual(outputOf(value), { ok: true });
  });

  it('lets a waiting run be cancelled', async () => {
    const flood = Array.from({ length: 4 }, () => run(sandbox, slow, { limits: { cpuMs: 10_000, wallMs: 20_000 } }));
    const controller = new AbortController();
    const waiting = run(sandbox, quick, { signal: controller.signal });
    controller.abort();
    await assert.rejects(waiting, { code: 'RUN_CANCELLED' });
    for (const outcome of await Promise.all(flood)) assert.equal(outcome.ok, true, outcome.ok ? '' : codeOf(outcome));
  });
});
