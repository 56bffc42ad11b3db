// On a store of its own, not on a recording app: these commands open no more than that.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { createLedger } from '#host/ledger';
import { main } from '../../../../../host/cli/main.ts';
import { createRecordingApp } from '../../../../fixtures/cli/recording-app.ts';
import { createSurroundings } from '../../../../fixtures/cli/surroundings.ts';
import { createRun } from '../../../../fixtures/store/drafts.ts';
import { createHomePlace, type Place } from '../../../../fixtures/store/place.ts';
import { tamper } from '../../../../fixtures/store/tamper.ts';

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(place: Place, ...argv: readonly string[]): Promise<Ended> {
  const { home } = place.where;
  const surroundings = createSurroundings({ cwd: home });
  const app = createRecordingApp();
  const exitCode = await main(['ledger', ...argv, '--home', home], surroundings, app.open);
  assert.deepEqual(app.homes, [], 'nothing but the store is opened');
  return { exitCode, ...(await surroundings.written()) };
}

async function answer(place: Place, ...argv: readonly string[]): Promise<Record<string, unknown>> {
  const { exitCode, stdout, stderr } = await run(place, ...argv, '--json');
  assert.deepEqual([exitCode, stderr], [0, '']);
  return JSON.parse(stdout) as Record<string, unknown>;
}

async function refusal(place: Place, ...argv: readonly string[]): Promise<Refusal> {
  const { exitCode, stdout, stderr } = await run(place, ...argv, '--json');
  assert.deepEqual([exitCode, stdout], [1, '']);
  return (JSON.parse(stderr) as { readonly error: Refusal }).error;
}

interface Refusal {
  readonly code: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** A home in which one run after the other was recorded; their ids. */
async function recordRuns(place: Place, count: number): Promise<readonly string[]> {
  await using store = await place.open();
  const runs = Array.from({ length: count }, (_, at) => createRun(at + 1));
  for (const each of runs) await createLedger({ store }).recordRun(each);
  return runs.map(({ runId }) => runId);
}

// Proves command.ledger.
describe('glovebox ledger', () => {
  it('verifies, before and after a checkpoint', async () => {
    await using place = await createHomePlace();
    await recordRuns(place, 3);
    const state = { intact: true, checkpoints: 0, covered: 0, uncovered: 3, pruned: 0 };
    assert.deepEqual(await answer(place, 'verify'), state);
    const { number } = await answer(place, 'checkpoint');
    assert.equal(number, 1);
    assert.deepEqual(await answer(place, 'verify'), { ...state, checkpoints: 1, covered: 4, uncovered: 0 });
    const { exitCode, stdout } = await run(place, 'verify');
    assert.equal(exitCode, 0);
    assert.match(stdout, /records they cover +4\n/);
  });

  it('exits 1 and names the record that was changed', async () => {
    await using place = await createHomePlace();
    const [, second] = await recordRuns(place, 3);
    await tamper(place, `update runs set verdict = 'failed' where run_id = '${second ?? ''}'`);
    const { code, data } = await refusal(place, 'verify');
    assert.deepEqual([code, data?.['problem'], data?.['subject']], ['LEDGER_BROKEN', 'record-changed', second]);
    assert.match((await run(place, 'verify')).stderr, new RegExp(`LEDGER_BROKEN[^]*${second ?? ''}`));
  });

  it('prints a checkpoint as a document, to be verified against', async () => {
    await using place = await createHomePlace();
    await recordRuns(place, 2);
    const { stdout } = await run(place, 'checkpoint');
    writeFileSync(join(place.where.home, 'kept.json'), stdout);
    const { intact, against } = await answer(place, 'verify', '--against', 'kept.json');
    assert.deepEqual([intact, against], [true, 1]);
    await tamper(place, ...['ledger_checkpoints', 'ledger_entries', 'runs'].map((table) => `delete from ${table}`));
    const { data } = await refusal(place, 'verify', '--against', 'kept.json');
    assert.equal(data?.['problem'], 'checkpoint-missing');
  });

  it('refuses to verify against what is no checkpoint', async () => {
    await using place = await createHomePlace();
    assert.equal((await refusal(place, 'verify', '--against', '{}')).code, 'CHECKPOINT_INVALID');
    assert.equal((await refusal(place, 'verify', '--against', 'absent.json')).code, 'FILE_UNREADABLE');
  });

  it('rotates the key, and verifies against what the old one signed', async () => {
    await using place = await createHomePlace();
    await recordRuns(place, 2);
    const { stdout } = await run(place, 'checkpoint');
    writeFileSync(join(place.where.home, 'kept.json'), stdout);
    const { publicKey, checkpoint } = await answer(place, 'rotate-key');
    assert.notEqual(publicKey, (JSON.parse(stdout) as { readonly publicKey: string }).publicKey);
    assert.equal(checkpoint, 2);
    assert.equal((await answer(place, 'verify', '--against', 'kept.json'))['intact'], true);
  });

  // Proves ledger.events.
  it('lists events, of a kind and a time', async () => {
    await using place = await createHomePlace();
    {
      await using store = await place.open();
      const policy = { durability: 'full' };
      await createLedger({ store, policy }).recordRun(createRun(1));
    }
    const { events } = await answer(place, 'events', '--kind', 'policy.set', '--since', '1h');
    assert.deepEqual(
      (events as readonly { readonly kind: string; readonly data: unknown }[]).map(({ kind, data }) => [kind, data]),
      [['policy.set', { durability: 'full' }]],
    );
    assert.deepEqual(await answer(place, 'events', '--kind', 'tool.removed'), { events: [] });
    assert.deepEqual(await answer(place, 'events', '--until', '1h'), { events: [] });
    assert.match((await run(place, 'events')).stdout, /policy\.set +durability full/);
  });

  it('exports a line of JSON per checkpoint and link', async () => {
    await using place = await createHomePlace();
    const runs = await recordRuns(place, 2);
    await answer(place, 'checkpoint');
    const { exitCode, stdout } = await run(place, 'export');
    assert.equal(exitCode, 0);
    const lines = stdout.trimEnd().split('\n');
    const subjects = lines.map((line) => (JSON.parse(line) as { readonly subject?: string }).subject);
    assert.deepEqual(
      subjects.filter((subject) => subject?.startsWith('evt_') !== true),
      [undefined, ...runs],
    );
  });
});
