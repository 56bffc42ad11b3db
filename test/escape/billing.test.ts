// Who pays: runs that share one cell, of which one works in the other's time.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { createSandbox, type Sandbox } from '#sandbox';
import { codeOf, outputOf, run, toolOf, UNINTERRUPTIBLE } from '../fixtures/jail/tools.ts';

const napping = toolOf('napping', 'await host.sleep(150); return { done: true };');
const limits = { cpuMs: 400, wallMs: 1500 };

/** Each waits until the other is parked, then works. */
const THIEVES = {
  'a loop': 'await host.sleep(20); for (;;);',
  'a loop V8 cannot interrupt': `await host.sleep(20); ${UNINTERRUPTIBLE}`,
  'a loop of microtasks': 'await host.sleep(20); const next = () => Promise.resolve().then(next); await next();',
  'a loop in a value it throws': `await host.sleep(20); throw { get message() { for (;;); } };`,
} as const;

describe('a benign run that is parked in the cell of another', () => {
  let sandbox: Sandbox;
  before(() => {
    sandbox = createSandbox({ lanes: 1, maxLanes: 1 });
  });
  after(() => sandbox[Symbol.asyncDispose]());

  for (const [what, body] of Object.entries(THIEVES)) {
    // Proves calling.billed.
    it(`does not pay for ${what}`, async () => {
      const [thief, benign] = await Promise.all([
        run(sandbox, toolOf(what, body), { limits }),
        run(sandbox, napping, { limits: { cpuMs: 300, wallMs: 10_000 } }),
      ]);
      assert.match(codeOf(thief), /^LIMIT_(CPU|WALL)$/);
      assert.ok(!thief.ok && thief.convicted);
      assert.ok(thief.bill.cpuMs >= 300, `the thief paid ${thief.bill.cpuMs} ms`);
      assert.deepEqual(outputOf(benign), { done: true });
      assert.ok(benign.bill.cpuMs < 200, `the benign run paid ${benign.bill.cpuMs} ms`);
    });
  }

  it('does not pay for what an earlier run of its version left behind', async () => {
    const leaving = toolOf(
      'leaving',
      'if (input.leave) void host.sleep(10).then(() => { for (;;); }); await host.sleep(1); return {};',
    );
    assert.deepEqual(outputOf(await run(sandbox, leaving, { input: { leave: true }, limits })), {});
    const next = await run(sandbox, leaving, { limits });
    assert.deepEqual(outputOf(next), {});
    assert.ok(next.bill.cpuMs < 200, `it paid ${next.bill.cpuMs} ms`);
  });

  it('is not starved of memory by what runs before it left in its isolate', async () => {
    const littering = toolOf(
      'littering',
      'globalThis.litter = new Array(400_000).fill(input.n); return { n: input.n };',
    );
    for (let n = 0; n < 60; n += 1) assert.deepEqual(outputOf(await run(sandbox, littering, { input: { n } })), { n });
  });
});
