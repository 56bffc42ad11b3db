import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';

import { systemClock } from '#host/base';
import { openStore } from '#host/store';
import { SCHEMA_VERSION } from '../../../../host/store/migrate.ts';
import { createTemporaryHome } from '../../../fixtures/store/temporary-home.ts';

describe('migrate', () => {
  // Proves store.newer.
  it('refuses with STORE_NEWER what a newer program wrote, and changes nothing', async () => {
    await using home = await createTemporaryHome();
    const path = join(home.path, 'glovebox.db');
    {
      using newer = new DatabaseSync(path);
      newer.exec(
        `create table glovebox_schema (version integer); insert into glovebox_schema values (${SCHEMA_VERSION + 1})`,
      );
    }
    const before = await readFile(path);
    await assert.rejects(openStore({ home: home.path, clock: systemClock }), {
      code: 'STORE_NEWER',
      data: { version: SCHEMA_VERSION + 1, known: SCHEMA_VERSION },
    });
    assert.deepEqual(await readFile(path), before);
  });

  it('builds a new home once, however many want to at the same moment', async () => {
    await using home = await createTemporaryHome();
    using database = new DatabaseSync(join(home.path, 'glovebox.db'));
    // All of them find it empty and wait for their turn to build.
    database.exec('pragma journal_mode = wal; begin immediate');
    const opening = Promise.all([1, 2, 3].map(() => openStore({ home: home.path, clock: systemClock })));
    await new Promise((resolve) => setTimeout(resolve, 20));
    database.exec('rollback');
    for (const store of await opening) await store[Symbol.asyncDispose]();
    const versions = database.prepare('select version from glovebox_schema').all();
    assert.deepEqual(
      versions.map(({ version }) => version),
      [SCHEMA_VERSION],
    );
  });

  it('rejects with STORE_FAILED for a file that is no database', async () => {
    await using home = await createTemporaryHome();
    await writeFile(join(home.path, 'glovebox.db'), 'x'.repeat(10_000));
    await assert.rejects(openStore({ home: home.path, clock: systemClock }), { code: 'STORE_FAILED' });
  });
});
