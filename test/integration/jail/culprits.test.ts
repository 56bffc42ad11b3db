// Who is blamed when a cell dies, and what becomes of the others.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { createSandbox, type RunEvents, type Sandbox } from '#sandbox';
import { ABORTING, codeOf, outputOf, run, toolOf, UNINTERRUPTIBLE } from '../../fixtures/jail/tools.ts';
import { until } from '../../fixtures/mcp/until.ts';

const benign = toolOf('benign', 'return { sum: input.a + input.b };');
const stuck = toolOf('stuck', UNINTERRUPTIBLE);
const waiting = toolOf('waiting', `const got = await host.call('test.wait', { n: input.n }); return { got };`);

/** One lane, so that everything meets in one cell. */
let sandbox: Sandbox;

before(() => {
  sandbox = createSandbox({ lanes: 1, maxLanes: 1 });
});
after(() => sandbox[Symbol.asyncDispose]());

/** Answers `test.wait` when told to; counts the calls. */
function gate(sideEffect: boolean) {
  const waits: (() => void)[] = [];
  let arrived = (): void => {};
  const events: RunEvents = {
    hostCall: () =>
      new Promise((resolve) => {
        waits.push(() => resolve({ value: '"answer"', sideEffect }));
        arrived();
      }),
  };
  return {
    events,
    waits,
    /** Resolves when the next call has come in. */
    next: () => new Promise<void>((resolve) => (arrived = resolve)),
  };
}

describe('a run that outlives its deadline', () => {
  // Proves jail.deadline.
  it('is ended with its cell when V8 cannot interrupt it, and is convicted', async () => {
    const outcome = await run(sandbox, stuck, { limits: { wallMs: 300 } });
    assert.equal(codeOf(outcome), 'LIMIT_WALL');
    assert.equal(!outcome.ok && outcome.convicted, true);
    assert.deepEqual(outputOf(await run(sandbox, benign, { input: { a: 1, b: 2 } })), { sum: 3 });
  });

  it('is ended in its isolate when that still listens, and the cell lives on', async () => {
    const before = sandbox.stats().cellsKilled;
    const outcome = await run(sandbox, toolOf('loop', 'for (;;);'), { limits: { cpuMs: 100 } });
    assert.equal(codeOf(outcome), 'LIMIT_CPU');
    assert.equal(!outcome.ok && outcome.convicted, true);
    assert.equal(sandbox.stats().cellsKilled, before);
  });

  it('is not convicted when it only waited for the host', async () => {
    const outcome = await run(sandbox, waiting, {
      limits: { wallMs: 200 },
      grants: ['test.wait'],
      events: { hostCall: () => new Promise(() => {}) },
    });
    assert.equal(codeOf(outcome), 'LIMIT_WALL');
    assert.equal(!outcome.ok && outcome.convicted, false);
  });
});

describe('a run that brings down its cell', () => {
  // Proves jail.culprit-convicted.
  it('is convicted', async () => {
    const outcome = await run(sandbox, toolOf('aborting', ABORTING));
    assert.equal(codeOf(outcome), 'RUN_CRASHED');
    assert.equal(!outcome.ok && outcome.convicted, true);
  });

  // Proves jail.parked-start-over.
  it('does not take a parked run with it: that one starts over in another cell', async () => {
    const { events, waits, next } = gate(false);
    const arrived = next();
    const parked = run(sandbox, waiting, { grants: ['test.wait'], events });
    await arrived;
    const again = next();
    assert.equal(codeOf(await run(sandbox, stuck, { limits: { wallMs: 200 } })), 'LIMIT_WALL');
    await again;
    assert.equal(waits.length, 2, 'the call was made once by each attempt');
    waits[1]?.();
    assert.deepEqual(outputOf(await parked), { got: 'answer' });
  });

  // Proves jail.interrupted.
  it('interrupts a parked run that had changed something outside', async () => {
    const twice = toolOf('twice', `await host.call('test.wait', 1); await host.call('test.wait', 2); return {};`);
    const { events, waits, next } = gate(true);
    const first = next();
    const parked = run(sandbox, twice, { grants: ['test.wait'], events });
    await first;
    const second = next();
    waits[0]?.();
    await second;
    await run(sandbox, stuck, { limits: { wallMs: 200 } });
    const outcome = await parked;
    assert.equal(codeOf(outcome), 'RUN_INTERRUPTED');
    assert.equal(!outcome.ok && outcome.convicted, false);
  });
});

describe('a cancelled run', () => {
  // Proves jail.cancellation.
  it('stops while it executes', async () => {
    const controller = new AbortController();
    const pending = run(sandbox, toolOf('loop', 'for (;;);'), { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    const outcome = await pending;
    assert.equal(codeOf(outcome), 'RUN_CANCELLED');
    assert.ok(outcome.bill.wallMs < 1000);
  });

  it('stops while it is parked, and its host calls are told', async () => {
    const controller = new AbortController();
    let told = false;
    const pending = run(sandbox, waiting, {
      grants: ['test.wait'],
      signal: controller.signal,
      events: {
        hostCall: (_call, signal) => {
          signal.addEventListener('abort', () => (told = true));
          setTimeout(() => controller.abort(), 20);
          return new Promise(() => {});
        },
      },
    });
    assert.equal(codeOf(await pending), 'RUN_CANCELLED');
    assert.equal(told, true);
  });
});

describe('host calls', () => {
  it('are refused when they were not granted', async () => {
    const outcome = await run(sandbox, waiting, {
      events: { hostCall: async () => ({ value: '1', sideEffect: false }) },
    });
    assert.equal(codeOf(outcome), 'GRANT_MISSING');
  });

  it('park the run: others run in the same cell meanwhile', async () => {
    const { events, waits, next } = gate(false);
    const arrived = next();
    const parked = run(sandbox, waiting, { grants: ['test.wait'], events });
    await arrived;
    assert.deepEqual(outputOf(await run(sandbox, benign, { input: { a: 2, b: 2 } })), { sum: 4 });
    assert.equal(sandbox.stats().parked, 1);
    waits[0]?.();
    assert.deepEqual(outputOf(await parked), { got: 'answer' });
  });

  it('reject in the guest with the code the host gave', async () => {
    const catching = toolOf(
      'catching',
      `try { await host.call('test.wait', 1); } catch (error) { return { code: error.code }; }`,
    );
    const refuse = Object.assign(new Error('not now'), { code: 'STORE_BUSY', kind: 'unavailable', fault: 'host' });
    const outcome = await run(sandbox, catching, {
      grants: ['test.wait'],
      events: { hostCall: () => Promise.reject(refuse) },
    });
    assert.deepEqual(outputOf(outcome), { code: 'STORE_BUSY' });
  });
});

describe('a promise that nothing can settle', () => {
  it('ends the run at once', async () => {
    const outcome = await run(sandbox, toolOf('never', 'await new Promise(() => {}); return {};'));
    assert.equal(codeOf(outcome), 'TOOL_NEVER_SETTLES');
    assert.ok(outcome.bill.wallMs < 1000);
  });
});

describe('two tenants', () => {
  // Proves jail.tenants-apart.
  it('never share a cell, one after the other included', async () => {
    const global = toolOf(
      'global',
      'globalThis.count = (globalThis.count ?? 0) + 1; return { count: globalThis.count };',
    );
    const before = sandbox.stats().children;
    assert.deepEqual(outputOf(await run(sandbox, global, { tenant: 'other' })), { count: 1 });
    // It was told to go before the second tenant's ran; that it went is heard a little later.
    await until('the end of the first tenant’s cell', () => {
      const { children } = sandbox.stats();
      return before.find((pid) => !children.includes(pid));
    });
  });
});
