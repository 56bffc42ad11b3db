import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { CompiledQuery } from 'kysely';

import { systemClock as clock } from '#host/base';
import { openDatabase } from '../../../../../host/store/open-database.ts';
import { createTemporaryHome } from '../../../../fixtures/store/temporary-home.ts';

describe('openSqlite', () => {
  for (const [durability, synchronous] of [
    ['normal', 1],
    ['full', 2],
  ] as const) {
    it(`waits for the disk as often as durability "${durability}" says`, async () => {
      await using home = await createTemporaryHome();
      await using database = await openDatabase({ home: home.path, clock, durability });
      await database.prepare();
      const asked = CompiledQuery.raw('pragma synchronous');
      const { rows } = await database.write.executeQuery<{ readonly synchronous: number }>(asked);
      assert.equal(rows[0]?.synchronous, synchronous);
    });
  }
});
