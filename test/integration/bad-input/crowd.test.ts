// Ten thousand calls at once, through the whole calling path.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { isCodedError } from '#sandbox';
import { LOCAL_PRINCIPAL as principal } from '#host/base';
import { openArena, type Arena } from '../../fixtures/attacks/arena.ts';

const CROWD = 10_000;
const SOURCE = 'export default { run: (input: { n: number }) => ({ n: input.n }) };';

describe('ten thousand calls at once', () => {
  let arena: Arena;
  before(async () => {
    arena = await openArena();
    const manifest = { name: 'echo', description: 'Returns a number.', inputSchema: { type: 'object' } };
    await arena.app.maker.create({ principal, manifest, source: SOURCE });
  });
  after(() => arena[Symbol.asyncDispose]());

  // Proves jail.bounded-queue.
  it('are answered right or refused with HOST_BUSY and when to come back; each answer is in the ledger', async () => {
    const { caller, ledger } = arena.app;
    const calls = Array.from({ length: CROWD }, (_, n) => caller.call({ principal, tool: 'echo', input: { n } }));
    const results = await Promise.allSettled(calls);
    let answered = 0;
    for (const [n, result] of results.entries()) {
      if (result.status === 'fulfilled') {
        answered += 1;
        assert.deepEqual(result.value.ok && result.value.output, { n });
      } else {
        const refusal: unknown = result.reason;
        assert.ok(isCodedError(refusal) && refusal.code === 'HOST_BUSY', String(refusal));
        assert.equal(typeof refusal.data?.['retryAfterMs'], 'number');
      }
    }
    assert.ok(answered >= 1000, `${answered} were answered`);
    const recorded = await ledger.runs(principal.tenant, { tool: 'echo', limit: CROWD + 1 });
    assert.equal(recorded.length, answered);
    await arena.processes.assertNoOrphan();
  });

  it('leave room for a call of another tool among them', async () => {
    const { caller } = arena.app;
    const few = Array.from({ length: 500 }, (_, n) => caller.call({ principal, tool: 'echo', input: { n } }));
    let done = 0;
    for (const call of few) void call.then(() => (done += 1));
    await arena.callBenign();
    assert.ok(done < 500, 'it waited for all of them');
    await Promise.all(few);
  });
});
