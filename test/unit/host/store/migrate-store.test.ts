import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';

import { systemClock as clock } from '#host/base';
import { examineSchema, migrateStore } from '#host/store';
import { onEachBackend } from '../../../fixtures/store/backends.ts';
import { createTemporaryHome } from '../../../fixtures/store/temporary-home.ts';

const STEPS = [
  { version: 1, name: 'create-tables' },
  { version: 2, name: 'add-conversations' },
  { version: 3, name: 'add-evidence' },
  { version: 4, name: 'add-ledger-chains' },
  { version: 5, name: 'add-bytes-policy' },
  { version: 6, name: 'link-older-records' },
];
const TARGET = STEPS.length;

onEachBackend('migrateStore', (createPlace) => {
  // Proves store.migrate.
  it('shows what is missing without writing anything, then brings it up to date', async () => {
    await using place = await createPlace();
    const options = { ...place.where, clock };
    const before = { present: 0, target: TARGET, missing: STEPS };
    assert.deepEqual(await examineSchema(options), before);
    assert.deepEqual(await examineSchema(options), before);
    await assert.rejects(place.open({ migrate: 'manual' }), {
      code: 'STORE_OLDER',
      data: { version: 0, needed: TARGET },
    });
    assert.deepEqual(await migrateStore(options), before);
    assert.deepEqual(await examineSchema(options), { present: TARGET, target: TARGET, missing: [] });
    assert.deepEqual(await migrateStore(options), { present: TARGET, target: TARGET, missing: [] });
    await using store = await place.open({ migrate: 'manual' });
    assert.deepEqual(await store.revisions.all(), []);
  });

  it('builds a new store once, however many want to at the same moment', async () => {
    await using place = await createPlace();
    const states = await Promise.all([1, 2, 3, 4].map(() => migrateStore({ ...place.where, clock })));
    assert.equal(states.filter(({ missing }) => missing.length > 0).length, 1);
  });
});

describe('examineSchema', () => {
  it('creates no home', async () => {
    await using parent = await createTemporaryHome();
    const home = join(parent.path, 'new');
    assert.equal((await examineSchema({ home, clock })).present, 0);
    await assert.rejects(readFile(join(home, 'glovebox.db')), { code: 'ENOENT' });
  });

  it('leaves what a newer program wrote as it is, with STORE_NEWER', async () => {
    await using home = await createTemporaryHome();
    const path = join(home.path, 'glovebox.db');
    {
      using newer = new DatabaseSync(path);
      newer.exec('create table glovebox_schema (version integer); insert into glovebox_schema values (99)');
    }
    const before = await readFile(path);
    const options = { home: home.path, clock };
    const refused = { code: 'STORE_NEWER', data: { version: 99, known: TARGET } };
    await assert.rejects(examineSchema(options), refused);
    await assert.rejects(migrateStore(options), refused);
    assert.deepEqual(await readFile(path), before);
  });

  it('rejects with STORE_FAILED for a file that is no database', async () => {
    await using home = await createTemporaryHome();
    await writeFile(join(home.path, 'glovebox.db'), 'x'.repeat(10_000));
    await assert.rejects(examineSchema({ home: home.path, clock }), { code: 'STORE_FAILED' });
  });
});
