import assert from 'node:assert/strict';
import { it } from 'node:test';

import { LOCAL_PRINCIPAL, systemClock as clock } from '#host/base';
import { createLedger, listEvents, makeCheckpoint, rotateKey, verifyLedger, type Checkpoint } from '#host/ledger';
import type { Store } from '#host/store';
import { isCodedError } from '#sandbox';
import { onEachBackend } from '../../../fixtures/store/backends.ts';
import { createRun } from '../../../fixtures/store/drafts.ts';
import { appendEvent, tamper } from '../../../fixtures/store/tamper.ts';
import { createSigningKey, parseSigningKey, type SigningKey } from '../../../../host/ledger/signing-key.ts';
import { signRotation } from '../../../../host/ledger/succession.ts';

const { tenant } = LOCAL_PRINCIPAL;
const NAME = 'ledger-signing';

async function record(store: Store, at: number): Promise<void> {
  await createLedger({ store }).recordRun(createRun(at));
}

async function problemOf(store: Store, against?: Checkpoint): Promise<unknown> {
  try {
    await verifyLedger(store, against);
    return 'intact';
  } catch (error) {
    assert.ok(isCodedError(error) && error.code === 'LEDGER_BROKEN', String(error));
    return error.data?.['problem'];
  }
}

async function keyOf(store: Store): Promise<SigningKey> {
  const stored = await store.keys.find(NAME);
  assert.ok(stored);
  const key = parseSigningKey(stored);
  assert.ok(key);
  return key;
}

onEachBackend('rotateKey', (createPlace) => {
  // Proves ledger.key-rotation.
  it('leaves what the old key signed, signs on with another, and forgets the old one', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    await record(store, 1);
    const first = await makeCheckpoint(store, clock);
    const old = await store.keys.find(NAME);
    await record(store, 2);
    const second = await rotateKey(store, clock);
    await record(store, 3);
    const third = await rotateKey(store, clock);
    assert.equal(new Set([first, second, third].map(({ publicKey }) => publicKey)).size, 3);
    assert.equal((await keyOf(store)).publicKey, third.publicKey);
    assert.notDeepEqual(await store.keys.find(NAME), old);
    for (const kept of [undefined, first, second, third]) assert.equal(await problemOf(store, kept), 'intact');
    assert.equal((await verifyLedger(store)).uncovered, 0);
    const events = await listEvents(store, tenant);
    assert.deepEqual(
      new Set(events.map(({ kind, data }) => `${kind} ${String(data['to'] ?? data['publicKey'])}`)),
      new Set([`key.made ${first.publicKey}`, `key.rotated ${second.publicKey}`, `key.rotated ${third.publicKey}`]),
    );
  });

  it('has checkpoints of before it refused when another key signed them', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    await record(store, 1);
    const { publicKey } = await makeCheckpoint(store, clock);
    const second = await rotateKey(store, clock);
    await tamper(
      place,
      `update ledger_checkpoints set body = replace(body, '${publicKey}', '${second.publicKey}') where number = 1`,
    );
    assert.equal(await problemOf(store), 'checkpoint-changed');
  });

  it('is not taken from whoever has no key: neither a new key in its place nor a history before it', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    await record(store, 1);
    await makeCheckpoint(store, clock);
    const mine = createSigningKey();
    const theirs = await keyOf(store);
    const half = (from: SigningKey, to: SigningKey): SigningKey => ({ ...from, sign: (text) => to.sign(text) });

    // A successor that the old key did not sign.
    const succeeded = signRotation(half(theirs, mine.key), mine.key, 1);
    await appendEvent(store, { tenant: '*', kind: 'key.rotated', data: JSON.stringify(succeeded) });
    await tamper(place, "create table kept as select * from keys where name = 'ledger-signing'");
    await store.keys.replace(NAME, mine.stored);
    assert.equal(await problemOf(store), 'key-changed');
    await assert.rejects(makeCheckpoint(store, clock), { code: 'LEDGER_KEY_UNUSABLE', data: { reason: 'another' } });
    await tamper(place, `delete from keys where name = '${NAME}'`, 'insert into keys select * from kept');
    assert.equal(await problemOf(store), 'intact');

    // A predecessor that the present key did not accept.
    const preceded = signRotation(mine.key, half(theirs, mine.key), 1);
    await appendEvent(store, { tenant: '*', kind: 'key.rotated', data: JSON.stringify(preceded) });
    assert.equal(
      await problemOf(store),
      'intact',
      'not believed, so that the checkpoint has to bear the signature of theirs',
    );
  });

  it('has the old key excuse nothing that goes later', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    await record(store, 1);
    await makeCheckpoint(store, clock);
    const stolen = await keyOf(store);
    await rotateKey(store, clock);
    const run = createRun(2);
    await createLedger({ store }).recordRun(run);
    await makeCheckpoint(store, clock);
    const statement = JSON.stringify({ kind: 'runs.pruned', tenant, upTo: run.runId });
    const data = JSON.stringify({ upTo: run.runId, signature: stolen.sign(statement) });
    await appendEvent(store, { tenant, kind: 'runs.pruned', data });
    await tamper(place, `delete from runs where run_id = '${run.runId}'`);
    assert.equal(await problemOf(store), 'record-missing');
  });

  // Proves ledger.key-unusable.
  it('is refused, as checkpoints are, where the key is missing, unreadable or another', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    await record(store, 1);
    const kept = await makeCheckpoint(store, clock);
    const refused = async (reason: string): Promise<void> => {
      const expected = { code: 'LEDGER_KEY_UNUSABLE', data: { reason } };
      await assert.rejects(rotateKey(store, clock), expected);
      await assert.rejects(makeCheckpoint(store, clock), expected);
      // Calls go on.
      await record(store, 2);
    };
    await store.keys.replace(NAME, createSigningKey().stored);
    await refused('another');
    assert.equal(await problemOf(store), 'key-changed');
    await store.keys.replace(NAME, Buffer.from('no key'));
    await refused('unreadable');
    await tamper(place, `delete from keys where name = '${NAME}'`);
    await refused('missing');
    assert.equal(await problemOf(store), 'key-missing');
    assert.equal(await problemOf(store, kept), 'key-missing');
  });

  it('is found out by one flipped bit of the key', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    await record(store, 1);
    await makeCheckpoint(store, clock);
    const stored = Buffer.from((await store.keys.find(NAME)) ?? []);
    // Of the seed, which is the end of it.
    stored[stored.length - 1] = (stored.at(-1) ?? 0) ^ 1;
    await store.keys.replace(NAME, stored);
    assert.equal(await problemOf(store), 'key-changed');
    await assert.rejects(makeCheckpoint(store, clock), { code: 'LEDGER_KEY_UNUSABLE', data: { reason: 'another' } });
  });
});
