// What a run leaves undone either ran in its own time, and is on its bill, or never runs: not in the next run's time,
// though that has the same isolate.

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';

import { createSandbox, type RunEvents } from '#sandbox';
import { codeOf, outputOf, run, toolOf } from '../../fixtures/jail/tools.ts';

/** Far less than `burn` takes, far more than a call. */
const CALL_MS = 40;
/** Some 150 ms of it, more where the machine is slow: `Date` stands still in a tool. */
const BURN = 'const burn = () => { let x = 0; for (let i = 0; i < 3e6; i += 1) x = (x * 31 + i) | 0; return x; };';

interface LeftOver {
  readonly body: string;
  /** Whether the run pays for it; else it never happens. */
  readonly billed: boolean;
}

/** How a tool can return while something of it is left to do. */
const LEFT_OVER: Readonly<Record<string, LeftOver>> = {
  'a chain of microtasks': {
    body: 'void (async () => { for (let i = 0; i < 50; i += 1) await null; burn(); })(); return {};',
    billed: true,
  },
  'a callback queued by name': {
    body: 'queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => burn())))); return {};',
    billed: true,
  },
  'a thenable that resolves later': {
    body: 'void Promise.resolve({ then(done) { queueMicrotask(() => { burn(); done(); }); } }); return {};',
    billed: true,
  },
  'an async generator that is asked on': {
    body: 'const g = (async function* () { try { yield 1; yield 2; } finally { burn(); } })(); void g.next(); void g.next(); void g.return(); return {};',
    billed: true,
  },
  'the disposal of a stack': {
    body: 'const s = new AsyncDisposableStack(); s.defer(async () => { await null; burn(); }); void s.disposeAsync(); return {};',
    billed: true,
  },
  'the settling of what it returns': {
    body: 'return { then(done) { done({}); queueMicrotask(() => { burn(); }); } };',
    billed: true,
  },
  'a call to the host that is never answered': {
    body: `host.call('kv.read', 'never').then(burn, burn); return {};`,
    billed: false,
  },
  'a call to the host that is answered too late': {
    body: `host.call('kv.read', 'late').then(burn, burn); return {};`,
    billed: false,
  },
  'a sleep': { body: 'host.sleep(30).then(burn, burn); return {};', billed: false },
  'a promise nobody settles': { body: 'new Promise(() => {}).then(burn, burn); return {};', billed: false },
  'an async generator nobody asks': {
    body: 'const g = (async function* () { burn(); yield 1; })(); globalThis.g = g; return {};',
    billed: false,
  },
  'a stack nobody has read': {
    body: 'globalThis.e = new Error("x"); Object.defineProperty(globalThis.e, "name", { get: burn }); return {};',
    billed: false,
  },
};

const hostCall: RunEvents['hostCall'] = ({ args }) =>
  args === '"late"' ? delay(20).then(() => ({ value: '1', sideEffect: false })) : new Promise(() => {});

// Proves jail.no-left-over-work.
describe('work a run leaves behind', () => {
  const sandbox = createSandbox({ lanes: 1, maxLanes: 1 });
  after(() => sandbox[Symbol.asyncDispose]());
  const limits = { cpuMs: 10_000, wallMs: 20_000 };

  for (const [what, { body, billed }] of Object.entries(LEFT_OVER)) {
    it(`as ${what} is ${billed ? 'on its own bill' : 'never done'}`, async () => {
      // The same version, so that the next run has the isolate of the one before.
      const tool = toolOf(`leaves ${what}`, `${BURN} if (input.leaves) { ${body} } return {};`);
      const call = (leaves: boolean) =>
        run(sandbox, tool, { input: { leaves }, grants: ['kv.read'], limits, events: { hostCall } });
      outputOf(await call(false));
      const leaving = await call(true);
      assert.deepEqual(outputOf(leaving), {});
      await delay(50);
      const bills = [];
      for (let i = 0; i < 3; i += 1) {
        const next = await call(false);
        outputOf(next);
        bills.push(next.bill.cpuMs);
      }
      assert.equal(leaving.bill.cpuMs > CALL_MS, billed, `${leaving.bill.cpuMs} ms on its own bill`);
      assert.ok(Math.max(...bills) < CALL_MS, `${bills.join(', ')} ms on the bills after`);
    });
  }

  it('as a rejection nobody catches is read in its own time, and fails the run', async () => {
    const body =
      'const e = new Error(); Object.defineProperty(e, "message", { get: burn }); void Promise.reject(e); return {};';
    const outcome = await run(sandbox, toolOf('rejects', `${BURN} ${body}`), { limits });
    assert.equal(codeOf(outcome), 'TOOL_THREW');
    assert.ok(outcome.bill.cpuMs > CALL_MS);
  });

  it('is no way past the limit of CPU time: endless work after the result is convicted, and the result is lost', async () => {
    const tool = toolOf('never stops', 'void (async () => { for (;;) await null; })(); return { done: true };');
    const outcome = await run(sandbox, tool, { limits: { cpuMs: 200, wallMs: 5000 } });
    assert.equal(codeOf(outcome), 'LIMIT_CPU');
    assert.equal(!outcome.ok && outcome.convicted, true);
  });
});
