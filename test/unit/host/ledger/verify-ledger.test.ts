import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { it } from 'node:test';

import { LOCAL_PRINCIPAL, systemClock as clock } from '#host/base';
import { createLedger, listEvents, makeCheckpoint, verifyLedger, type Checkpoint } from '#host/ledger';
import { emptyChain, hashLink, type ChainHead, type LedgerEntryRow, type Store } from '#host/store';
import { isCodedError } from '#sandbox';
import { onEachBackend } from '../../../fixtures/store/backends.ts';
import { createMaking, createRun } from '../../../fixtures/store/drafts.ts';
import type { Place } from '../../../fixtures/store/place.ts';
import { createRunRow } from '../../../fixtures/store/rows.ts';
import { appendEvent, forgeCheckpoints, forgeLinks, linksOf, tamper } from '../../../fixtures/store/tamper.ts';

const { tenant } = LOCAL_PRINCIPAL;

/** A store with runs and a making behind checkpoint 1. */
interface Scene extends AsyncDisposable {
  readonly place: Place;
  readonly store: Store;
  readonly runs: readonly string[];
  readonly making: string;
  readonly checkpoint: Checkpoint;
}

async function openScene(createPlace: () => Promise<Place>): Promise<Scene> {
  const stack = new AsyncDisposableStack();
  const place = stack.use(await createPlace());
  const store = stack.use(await place.open());
  const making = createMaking(500);
  await createLedger({ store }).recordMaking(making);
  const runs = await recordRuns(store, 1000, 6);
  const checkpoint = await makeCheckpoint(store, clock);
  return {
    place,
    store,
    runs,
    making: making.makingId,
    checkpoint,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** Runs started a millisecond after each other, recorded in that order. */
async function recordRuns(store: Store, from: number, count: number): Promise<readonly string[]> {
  const ledger = createLedger({ store });
  const runs = Array.from({ length: count }, (_, index) =>
    createRun(from + index, { input: `{"a":${index}}`, output: '{"b":1}', outputDigest: 'bb' }),
  );
  for (const run of runs) await ledger.recordRun(run);
  return runs.map(({ runId }) => runId);
}

/** Records a run and waits until retention has left so many, and their links alone. */
async function pruneTo(store: Store, keepRuns: number, at = 2000): Promise<void> {
  const pruned = async (): Promise<number> => (await listEvents(store, tenant, { kind: 'links.pruned' })).length;
  const before = await pruned();
  await createLedger({ store, keepRuns }).recordRun(createRun(at));
  while ((await pruned()) === before) await new Promise(setImmediate);
}

/** What a verification finds: the problem and the first record, or `intact`. */
async function findingOf(store: Store, against?: Checkpoint): Promise<readonly unknown[]> {
  try {
    await verifyLedger(store, against);
    return ['intact'];
  } catch (error) {
    assert.ok(isCodedError(error) && error.code === 'LEDGER_BROKEN', String(error));
    return [error.data?.['problem'], error.data?.['subject'] ?? error.data?.['checkpoint'] ?? error.data?.['number']];
  }
}

/** The last link alone, as if it were that of a run which retention let go long ago. */
function forgeLastLink(links: readonly LedgerEntryRow[]): readonly LedgerEntryRow[] {
  return links.slice(-1).map((link) => ({ ...link, subject: 'run_0' }));
}

/** Such links in place of all, one more than a checkpoint saw. */
function forgeWholeChain(links: readonly LedgerEntryRow[]): readonly LedgerEntryRow[] {
  let head: ChainHead = emptyChain(links[0]?.writer ?? '');
  return [...links, ...links.slice(-1)].map((link) => {
    const forged = { ...link, subject: 'run_0', sequence: head.sequence + 1 };
    head = { ...forged, hash: hashLink(head, forged) };
    return { ...forged, hash: head.hash };
  });
}

function insertLink({ writer, sequence, kind, tenant: of, subject, digest, hash }: LedgerEntryRow): string {
  const values = [kind, of, subject, digest, hash].map((text) => `'${text}'`).join(', ');
  return `insert into ledger_entries (writer, sequence, kind, tenant, subject, digest, hash) values ('${writer}', ${sequence}, ${values})`;
}

function updateRun(runId: string | undefined, set: string): string {
  return `update runs set ${set} where run_id = '${runId ?? ''}'`;
}

onEachBackend('verifyLedger', (createPlace) => {
  it('finds nothing in a ledger nobody touched', async () => {
    await using scene = await openScene(createPlace);
    const expected = { checkpoints: 1, covered: 8, uncovered: 0, pruned: 0 };
    assert.deepEqual(await verifyLedger(scene.store), expected);
    assert.deepEqual(await verifyLedger(scene.store, scene.checkpoint), expected);
  });

  it('finds nothing in an empty one', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const expected = { checkpoints: 0, covered: 0, uncovered: 0, pruned: 0 };
    assert.deepEqual(await verifyLedger(store), expected);
  });

  it('reads texts of every kind as they were sealed', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const texts = { input: 'a\u0000b 🧤 \ud83e ä', output: '"\\u0000"' };
    await store.runs.insert(createRunRow(1000, texts));
    await createLedger({ store }).recordMaking(createMaking(1000, { wallMs: 0.1 + 0.2, lineage: '\ud83e' }));
    assert.equal((await verifyLedger(store)).uncovered, 2);
  });

  it('reads more links than it holds at a time', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const ledger = createLedger({ store });
    const runs = Array.from({ length: 450 }, (_, at) => createRun(at + 1));
    await Promise.all(runs.map((run) => ledger.recordRun(run)));
    await makeCheckpoint(store, clock);
    assert.equal((await verifyLedger(store)).covered, 451);
    await tamper(place, updateRun(runs[430]?.runId, "verdict = 'failed'"));
    assert.deepEqual(await findingOf(store), ['record-changed', runs[430]?.runId]);
  });

  // Proves ledger.tamper-evident.
  it('names a run of which any column was changed', async () => {
    await using scene = await openScene(createPlace);
    const { place, store, runs } = scene;
    const row = await store.runs.find(tenant, runs[2] ?? '');
    assert.ok(row);
    await tamper(place, 'create table kept as select * from runs');
    for (const column of Object.keys(row).filter((name) => name !== 'tenant' && name !== 'run_id')) {
      const isNumber = ['version', 'started_at', 'clock_ms', 'format'].includes(column);
      const value = isNumber ? `coalesce(${column}, 0) + 1` : `coalesce(${column}, '') || ' '`;
      await tamper(place, updateRun(runs[2], `${column} = ${value}`));
      assert.deepEqual(await findingOf(store), ['record-changed', runs[2]], column);
      await tamper(place, 'delete from runs', 'insert into runs select * from kept');
    }
    assert.deepEqual(await findingOf(store), ['intact']);
    await tamper(place, updateRun(runs[2], 'output = null'));
    assert.deepEqual(await findingOf(store), ['record-changed', runs[2]]);
  });

  it('names the first of two runs that changed places', async () => {
    await using scene = await openScene(createPlace);
    const { place, store, runs } = scene;
    const rename = (from: string | undefined, to: string | undefined): string =>
      updateRun(from, `run_id = '${to ?? ''}'`);
    await tamper(place, rename(runs[1], 'x'), rename(runs[3], runs[1]), rename('x', runs[3]));
    assert.deepEqual(await findingOf(store), ['record-changed', runs[1]]);
  });

  it('names a run and a making that are gone, and a making that was changed', async () => {
    await using scene = await openScene(createPlace);
    const { place, store, runs, making } = scene;
    await tamper(place, cut('runs where run_id', runs[4]));
    assert.deepEqual(await findingOf(store), ['record-missing', runs[4]]);
    await tamper(place, "update makings set verdict = 'failed'");
    assert.deepEqual(await findingOf(store), ['record-changed', making]);
    await tamper(place, 'delete from makings');
    assert.deepEqual(await findingOf(store), ['record-missing', making]);
  });

  it('names the record whose link is gone, was edited, or changed places', async () => {
    await using scene = await openScene(createPlace);
    const { place, store, runs } = scene;
    await tamper(place, 'create table kept as select * from ledger_entries');
    const restore = ['delete from ledger_entries', 'insert into ledger_entries select * from kept'];
    const editLinkOf = (run: number, set: string): string =>
      `update ledger_entries set ${set} where subject = '${runs[run] ?? ''}'`;

    await tamper(place, cut('ledger_entries where subject', runs[1]));
    assert.deepEqual(await findingOf(store), ['links-missing', runs[2]]);
    await tamper(place, ...restore, editLinkOf(1, `digest = '${'0'.repeat(64)}'`));
    assert.deepEqual(await findingOf(store), ['link-changed', runs[1]]);
    await tamper(place, ...restore, editLinkOf(1, `hash = '${'0'.repeat(64)}'`));
    assert.deepEqual(await findingOf(store), ['link-changed', runs[1]]);
    await tamper(
      place,
      ...restore,
      editLinkOf(1, 'sequence = 99'),
      editLinkOf(2, 'sequence = 2'),
      editLinkOf(1, 'sequence = 3'),
    );
    assert.deepEqual(await findingOf(store), ['link-changed', runs[2]]);
    await tamper(place, ...restore);
    assert.deepEqual(await findingOf(store), ['intact']);
  });

  it('finds that a chain was cut behind its checkpoint, in part and whole', async () => {
    await using scene = await openScene(createPlace);
    const { place, store, runs } = scene;
    await tamper(place, ...['runs where run_id', 'ledger_entries where subject'].map((of) => cut(of, runs[5])));
    assert.deepEqual(await findingOf(store), ['chain-cut', 1]);
    await tamper(place, 'delete from runs', "delete from ledger_entries where kind = 'run'");
    assert.deepEqual(await findingOf(store), ['chain-cut', 1]);
  });

  it('finds a ledger of which the newer half is gone', async () => {
    await using scene = await openScene(createPlace);
    const { place, store } = scene;
    await recordRuns(store, 2000, 7);
    const kept = await makeCheckpoint(store, clock);
    await tamper(
      place,
      'delete from runs where started_at >= 2000',
      "delete from ledger_entries where kind = 'run' and sequence > 6",
    );
    assert.deepEqual(await findingOf(store), ['chain-cut', 2]);
    await tamper(place, 'delete from ledger_checkpoints where number > 1');
    assert.deepEqual(await findingOf(store), ['intact'], 'only older, as SECURITY.md tells');
    assert.deepEqual(await findingOf(store, kept), ['checkpoint-missing', 2]);
  });

  it('counts what no checkpoint covers, and cannot miss it when it is gone', async () => {
    await using scene = await openScene(createPlace);
    const { place, store } = scene;
    const [run] = await recordRuns(store, 2000, 1);
    const { covered, uncovered } = await verifyLedger(store);
    assert.deepEqual([covered, uncovered], [8, 1]);
    await tamper(place, updateRun(run, "verdict = 'failed'"));
    assert.deepEqual(await findingOf(store), ['record-changed', run]);
    // The open window that SECURITY.md tells of.
    await tamper(place, ...['runs where run_id', 'ledger_entries where subject'].map((of) => cut(of, run)));
    assert.deepEqual(await findingOf(store), ['intact']);
  });

  it('finds checkpoints that are gone, were edited, or changed places', async () => {
    await using scene = await openScene(createPlace);
    const { place, store } = scene;
    for (const from of [2000, 3000]) {
      await recordRuns(store, from, 1);
      await makeCheckpoint(store, clock);
    }
    await tamper(place, 'create table kept as select * from ledger_checkpoints');
    const restore = ['delete from ledger_checkpoints', 'insert into ledger_checkpoints select * from kept'];
    await tamper(place, 'delete from ledger_checkpoints where number = 2');
    assert.deepEqual(await findingOf(store), ['checkpoint-missing', 2]);
    await tamper(
      place,
      ...restore,
      `update ledger_checkpoints set body = replace(body, '"at":', '"at":1') where number = 2`,
    );
    assert.deepEqual(await findingOf(store), ['checkpoint-changed', 2]);
    await tamper(place, ...restore, "update ledger_checkpoints set signature = '' where number = 3");
    assert.deepEqual(await findingOf(store), ['checkpoint-changed', 3]);
    await tamper(place, ...restore, "update ledger_checkpoints set body = 'null' where number = 3");
    assert.deepEqual(await findingOf(store), ['checkpoint-changed', 3]);
    const number = (from: number, to: number): string =>
      `update ledger_checkpoints set number = ${to} where number = ${from}`;
    await tamper(place, ...restore, number(2, 9), number(3, 2), number(9, 3));
    assert.deepEqual(await findingOf(store), ['checkpoint-changed', 2]);
  });

  // Proves ledger.unforgeable.
  it('finds a ledger that was rewritten consistently by somebody without the key', async () => {
    await using scene = await openScene(createPlace);
    const { place, store, runs } = scene;
    await tamper(place, updateRun(runs[2], "verdict = 'failed'"));
    await forgeLinks(place, store);
    assert.deepEqual(await findingOf(store), ['chain-rewritten', runs[0]]);
  });

  // Proves ledger.against.
  it('finds what somebody with the key wrote anew or cut off, by a checkpoint that was kept elsewhere', async () => {
    await using scene = await openScene(createPlace);
    const { place, store, runs, checkpoint } = scene;
    await recordRuns(store, 2000, 1);
    const later = await makeCheckpoint(store, clock);
    assert.deepEqual(await findingOf(store, checkpoint), ['intact']);
    assert.deepEqual(await findingOf(store, later), ['intact']);

    await tamper(place, updateRun(runs[2], "verdict = 'failed'"));
    await forgeLinks(place, store);
    await forgeCheckpoints(place, store);
    assert.deepEqual(await findingOf(store), ['intact'], 'what the store alone cannot tell');
    assert.deepEqual(await findingOf(store, checkpoint), ['checkpoint-changed', 1]);
    assert.deepEqual(await findingOf(store, later), ['checkpoint-missing', 2]);
  });

  it('finds that everything is gone, by a checkpoint that was kept elsewhere', async () => {
    await using scene = await openScene(createPlace);
    const { place, store, checkpoint } = scene;
    const tables = [
      'runs',
      'makings',
      'ledger_entries',
      'ledger_events',
      'ledger_checkpoints',
      'ledger_writers',
      'keys',
    ];
    await tamper(place, ...tables.map((table) => `delete from ${table}`));
    assert.deepEqual(await findingOf(store), ['intact']);
    assert.deepEqual(await findingOf(store, checkpoint), ['checkpoint-missing', 1]);
  });

  it('finds that the key is gone, is none, or is another one', async () => {
    await using scene = await openScene(createPlace);
    const { place, store, checkpoint } = scene;
    await tamper(place, "update keys set name = 'elsewhere' where name = 'ledger-signing'");
    assert.deepEqual(await findingOf(store), ['key-missing', 1]);
    await store.keys.getOrAdd('ledger-signing', Buffer.from('no key'));
    assert.deepEqual(await findingOf(store), ['key-missing', 1]);
    await tamper(place, "delete from keys where name = 'ledger-signing'");
    const other = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' });
    await store.keys.getOrAdd('ledger-signing', other);
    assert.deepEqual(await findingOf(store), ['key-changed', 1]);
    assert.deepEqual(await findingOf(store, checkpoint), ['key-changed', 1]);
  });

  // Proves ledger.gaps.
  it('takes what retention pruned for pruned, and nothing else', async () => {
    await using scene = await openScene(createPlace);
    const { place, store, runs } = scene;
    await pruneTo(store, 3);
    const state = await verifyLedger(store);
    // Of the scene are left a making, the key and two runs; since then a run, and that runs and links were pruned.
    assert.deepEqual(state, { checkpoints: 1, covered: 4, uncovered: 3, pruned: 4 });
    assert.deepEqual(await verifyLedger(store, scene.checkpoint), state);
    await makeCheckpoint(store, clock);
    assert.deepEqual(await findingOf(store), ['intact']);
    await tamper(place, 'create table kept as select * from ledger_entries');
    await tamper(place, cut('ledger_entries where subject', runs[4]));
    assert.deepEqual(await findingOf(store), ['links-missing', runs[5]]);
    await tamper(place, 'delete from ledger_entries', 'insert into ledger_entries select * from kept');
    await tamper(place, cut('runs where run_id', runs[4]));
    assert.deepEqual(await findingOf(store), ['record-missing', runs[4]]);
  });

  it('drops the links of what is gone, also of a chain of which nothing is left', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    {
      await using other = await place.open();
      await recordRuns(other, 1000, 5);
    }
    await recordRuns(store, 2000, 5);
    const checkpoint = await makeCheckpoint(store, clock);
    await pruneTo(store, 4, 3000);
    assert.equal((await linksOf(store)).filter(({ kind }) => kind === 'run').length, 4);
    const { pruned } = await verifyLedger(store, checkpoint);
    assert.equal(pruned, 7);
    await tamper(place, "delete from ledger_entries where kind = 'run'");
    assert.deepEqual(await findingOf(store), ['chain-cut', 1]);
  });

  it('keeps the links of what is gone and was not pruned', async () => {
    await using scene = await openScene(createPlace);
    const { place, store, runs } = scene;
    await tamper(place, cut('runs where run_id', runs[5]));
    await pruneTo(store, 1);
    assert.deepEqual(await findingOf(store), ['record-missing', runs[5]]);
  });

  it('has no pruning signed for links that checkpoints did not see', async () => {
    for (const forge of [forgeLastLink, forgeWholeChain]) {
      await using place = await createPlace();
      await using store = await place.open();
      await recordRuns(store, 1, 1);
      const other = await place.open();
      const runs = await recordRuns(other, 1000, 6);
      await other[Symbol.asyncDispose]();
      await makeCheckpoint(store, clock);
      const links = (await linksOf(store)).filter(({ subject }) => runs.includes(subject));
      await tamper(
        place,
        ...runs.flatMap((run) => [cut('runs where run_id', run), cut('ledger_entries where subject', run)]),
      );
      for (const link of forge(links)) await tamper(place, insertLink(link));
      // Retention lets the very first run go, and with it what pretends to be older.
      await pruneTo(store, 1);
      assert.notDeepEqual(await findingOf(store), ['intact'], forge.name);
    }
  });

  it('is not misled by runs that are pruned while it reads, again and again', async () => {
    await using scene = await openScene(createPlace);
    const { store } = scene;
    let passes = 0;
    const recorded: Store['ledger']['recorded'] = async (kind, ...which) => {
      if (kind === 'run') await pruneTo(store, 2, 2000 + (passes += 1));
      return store.ledger.recorded(kind, ...which);
    };
    const { pruned } = await verifyLedger({ ...store, ledger: { ...store.ledger, recorded } });
    assert.ok(passes > 0 && pruned >= 5);
    assert.deepEqual(await findingOf(store), ['intact']);
  });

  it('believes no pruning that was not signed, even when a checkpoint covers it', async () => {
    await using scene = await openScene(createPlace);
    const { place, store, runs } = scene;
    const signature = Buffer.alloc(64).toString('base64');
    for (const data of [
      'no JSON',
      'null',
      '{}',
      JSON.stringify({ upTo: runs[5] }),
      JSON.stringify({ upTo: runs[5], signature }),
    ])
      await appendEvent(store, { tenant, kind: 'runs.pruned', data });
    const [, , first, second] = await linksOf(store);
    const data = JSON.stringify({ chains: [first], signature });
    await appendEvent(store, { tenant: '*', kind: 'links.pruned', data });
    await makeCheckpoint(store, clock);
    assert.deepEqual(await findingOf(store), ['intact']);
    await tamper(place, 'create table kept as select * from ledger_entries');
    await tamper(place, cut('ledger_entries where subject', first?.subject));
    assert.deepEqual(await findingOf(store), ['links-missing', second?.subject]);
    await tamper(place, 'delete from ledger_entries', 'insert into ledger_entries select * from kept');
    await tamper(place, cut('runs where run_id', runs[0]));
    assert.deepEqual(await findingOf(store), ['record-missing', runs[0]]);
  });

  it('believes no pruning of one tenant when runs of another are gone', async () => {
    await using scene = await openScene(createPlace);
    const { place, store, runs } = scene;
    await pruneTo(store, 0);
    const other = createRunRow(1, { tenant: 'elsewhere' });
    await store.runs.insert(other);
    assert.equal((await verifyLedger(store)).pruned, runs.length + 1);
    await tamper(place, "delete from runs where tenant = 'elsewhere'");
    assert.deepEqual(await findingOf(store), ['record-missing', other.run_id]);
  });

  it('follows the chains of two writers, and covers the tail of one that died', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    {
      await using other = await place.open();
      await Promise.all([recordRuns(store, 1000, 5), recordRuns(other, 1000, 5)]);
    }
    assert.equal(new Set((await linksOf(store)).map(({ writer }) => writer)).size, 2);
    assert.deepEqual(await verifyLedger(store), { checkpoints: 0, covered: 0, uncovered: 10, pruned: 0 });
    const { heads } = await makeCheckpoint(store, clock);
    assert.deepEqual(
      heads.map(({ sequence }) => sequence),
      [1, 5, 5],
    );
    assert.equal((await verifyLedger(store)).covered, 11);
  });

  // Proves ledger.no-stowaways.
  it('names a record that has no link', async () => {
    await using scene = await openScene(createPlace);
    const { place, store } = scene;
    const row = createRunRow(9000);
    await store.runs.insert(row);
    await tamper(place, `delete from ledger_entries where subject = '${row.run_id}'`);
    assert.deepEqual(await findingOf(store), ['record-unlinked', row.run_id]);
  });
});

function cut(of: string, id: string | undefined): string {
  return `delete from ${of} = '${id ?? ''}'`;
}
