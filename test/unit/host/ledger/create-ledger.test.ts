import assert from 'node:assert/strict';
import { it } from 'node:test';

import { hostError, LOCAL_PRINCIPAL, type TenantId } from '#host/base';
import { createLedger, type RunsQuery } from '#host/ledger';
import { createMaking, createRun } from '../../../fixtures/store/drafts.ts';
import { onEachBackend } from '../../../fixtures/store/backends.ts';
import { createRunRow } from '../../../fixtures/store/rows.ts';

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

  // Proves ledger.filters.
  it('lists runs by tool, verdict, caller and time, and page by page', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const ledger = createLedger({ store });
    await ledger.recordRun(createRun(1000));
    await ledger.recordRun(createRun(2000, { verdict: 'suspended' }));
    await ledger.recordRun(createRun(3000, { principal: 'ada', tool: 'other' }));
    await ledger.recordRun(createRun(4000, { principal: 'ada' }));
    const startedAt = async (query?: RunsQuery): Promise<number[]> =>
      (await ledger.runs(tenant, query)).map((run) => run.startedAt);
    assert.deepEqual(await startedAt({ verdict: 'suspended' }), [2000]);
    assert.deepEqual(await startedAt({ principal: 'ada' }), [4000, 3000]);
    assert.deepEqual(await startedAt({ principal: 'ada', tool: 'other' }), [3000]);
    assert.deepEqual(await startedAt({ since: 2000 }), [4000, 3000, 2000]);
    assert.deepEqual(await startedAt({ until: 3000 }), [2000, 1000]);
    assert.deepEqual(await startedAt({ since: 2001, until: 4000 }), [3000]);
    const [newest] = await ledger.runs(tenant, { limit: 1 });
    assert.ok(newest);
    assert.deepEqual(await startedAt({ olderThan: newest.runId, limit: 2 }), [3000, 2000]);
    assert.deepEqual(await startedAt({ olderThan: newest.runId, until: 2500 }), [2000, 1000]);
  });

  it('gives back what a replay needs, and content up to 64 KiB', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const ledger = createLedger({ store });
    const waiting = [{ call: 1, capability: 'client.ask', args: '{}' }];
    const content = [{ type: 'text', text: '\u0000 🧤 \ud83e' }] as const;
    const digests = { contentDigest: 'cc', journalDigest: 'jj' };
    const run = createRun(1000, { engine: 'node 1, v8 2', content, waiting, ...digests });
    await ledger.recordRun(run);
    assert.deepEqual(await ledger.getRun(tenant, run.runId), run);
    const large = createRun(2000, { content: [{ type: 'text', text: 'x'.repeat(64 * 1024) }], ...digests });
    await ledger.recordRun(large);
    const { content: _, ...kept } = large;
    assert.deepEqual(await ledger.getRun(tenant, large.runId), kept);
  });

  it('knows a record of before there were formats', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const row = createRunRow(1000, { format: null });
    await store.runs.insert(row);
    assert.equal((await createLedger({ store }).getRun(tenant, row.run_id)).format, 1);
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
