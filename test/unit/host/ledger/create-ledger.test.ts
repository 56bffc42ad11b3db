import assert from 'node:assert/strict';
import { it } from 'node:test';

import { hostError, LOCAL_PRINCIPAL, type TenantId } from '#host/base';
import { createLedger } from '#host/ledger';
import { createMaking, createRun } from '../../../fixtures/store/drafts.ts';
import { onEachBackend } from '../../../fixtures/store/backends.ts';

const { tenant } = LOCAL_PRINCIPAL;
const elsewhere = 'elsewhere' as TenantId;

onEachBackend('createLedger', (createPlace) => {
  // Proves ledger.runs.
  it('gives back a run as it was recorded', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const ledger = createLedger({ store });
    const ok = createRun(1000, { input: '{"a":"\\u0000"}', output: '{"b":2}', outputDigest: 'bb' });
    const failure = hostError('INTERNAL', 'broken', { path: '/a' });
    const failed = createRun(2000, { verdict: 'failed', failure });
    await Promise.all([ledger.recordRun(ok), ledger.recordRun(failed)]);
    assert.deepEqual(await ledger.getRun(tenant, ok.runId), ok);
    assert.deepEqual(await ledger.getRun(tenant, failed.runId), {
      ...failed,
      failure: { code: 'INTERNAL', kind: 'bug', fault: 'host', message: 'broken', data: { path: '/a' } },
    });
  });

  it('gives back a run that stopped to ask, and the one that went on', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const ledger = createLedger({ store });
    const client = { ask: true, sample: false, roots: false, tasks: true };
    const first = createRun(1000, { verdict: 'suspended', client });
    const entry = { call: 1, capability: 'client.ask', args: '{"message":"\\u0000"}', ok: true, clockMs: 1500 };
    const journal = [{ ...entry, value: '{"action":"decline"}' }];
    const second = createRun(2000, { continues: first.runId, client, journal });
    await Promise.all([ledger.recordRun(first), ledger.recordRun(second)]);
    assert.deepEqual(await ledger.getRun(tenant, first.runId), first);
    assert.deepEqual(await ledger.getRun(tenant, second.runId), second);
    const long = createRun(3000, { journal: [{ ...entry, value: JSON.stringify('x'.repeat(64 * 1024)) }] });
    await ledger.recordRun(long);
    assert.equal((await ledger.getRun(tenant, long.runId)).journal, undefined);
  });

  it('lists runs newest first, by tool and up to a limit', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const ledger = createLedger({ store });
    for (const at of [2000, 1000, 3000]) await ledger.recordRun(createRun(at, { tool: at === 3000 ? 'other' : 'roi' }));
    const startedAt = async (query?: { tool?: string; limit?: number }): Promise<number[]> =>
      (await ledger.runs(tenant, query)).map((run) => run.startedAt);
    assert.deepEqual(await startedAt(), [3000, 2000, 1000]);
    assert.deepEqual(await startedAt({ tool: 'roi' }), [2000, 1000]);
    assert.deepEqual(await startedAt({ limit: 1 }), [3000]);
  });

  it('shows a tenant nothing of another one', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const ledger = createLedger({ store });
    const run = createRun(1000);
    await ledger.recordRun(run);
    await ledger.recordMaking(createMaking(1000));
    assert.deepEqual(await ledger.runs(elsewhere), []);
    assert.deepEqual(await ledger.makings(elsewhere), []);
    await assert.rejects(ledger.getRun(elsewhere, run.runId), { code: 'RUN_NOT_FOUND', data: { runId: run.runId } });
  });

  // Proves ledger.retention.
  it('keeps texts up to 64 KiB and only the digests of larger ones', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const ledger = createLedger({ store });
    const run = createRun(1000, {
      input: 'a'.repeat(64 * 1024),
      output: `${'ä'.repeat(32 * 1024)}a`,
      outputDigest: 'bb',
    });
    await ledger.recordRun(run);
    const { output, ...kept } = run;
    assert.ok(output);
    assert.deepEqual(await ledger.getRun(tenant, run.runId), kept);
  });

  it('gives back makings newest first, as they were recorded', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const ledger = createLedger({ store });
    const made = createMaking(1000, { tool: 'roi', version: 2, digest: 'dd' });
    const failed = createMaking(2000, {
      verdict: 'failed',
      failure: { code: 'COMPILE_FAILED', kind: 'invalid', fault: 'tool', message: 'no' },
    });
    await ledger.recordMaking(made);
    await ledger.recordMaking(failed);
    assert.deepEqual(await ledger.makings(tenant), [failed, made]);
    assert.deepEqual(await ledger.makings(tenant, { limit: 1 }), [failed]);
  });

  it('fails only the run that is already there', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const ledger = createLedger({ store });
    const run = createRun(1000);
    await ledger.recordRun(run);
    const results = await Promise.allSettled(
      [createRun(2000), run, createRun(3000)].map((each) => ledger.recordRun(each)),
    );
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.equal((await ledger.runs(tenant)).length, 3);
  });
});
