import assert from 'node:assert/strict';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { systemClock } from '#host/base';
import { openStore } from '#host/store';
import { prepareHome } from '../../../../host/store/home.ts';
import { createTemporaryHome } from '../../../fixtures/store/temporary-home.ts';

describe('prepareHome', () => {
  // Proves store.private.
  it('closes the home and every file in it to other users', async () => {
    await using parent = await createTemporaryHome();
    const home = join(parent.path, 'deep', 'home');
    await using _store = await openStore({ home, clock: systemClock });
    const files = await readdir(home);
    assert.deepEqual(files.sort(), ['glovebox.db', 'glovebox.db-shm', 'glovebox.db-wal']);
    assert.equal((await stat(home)).mode & 0o777, 0o700);
    for (const file of files) assert.equal((await stat(join(home, file))).mode & 0o777, 0o600, file);
  });

  it('rejects with STORE_FAILED when the home is a file', async () => {
    await using parent = await createTemporaryHome();
    const home = join(parent.path, 'file');
    await writeFile(home, '');
    await assert.rejects(prepareHome(home), { code: 'STORE_FAILED' });
  });
});
