import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';

import { loadAttacks } from '#sandbox';
import { openApp } from '../../../../../host/app.ts';
import { main } from '../../../../../host/cli/main.ts';
import { createSurroundings } from '../../../../fixtures/cli/surroundings.ts';

describe('exportAttacks', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'glovebox-export-'));
  after(() => rmSync(cwd, { recursive: true, force: true }));

  it('writes a folder for each attack and nothing outside them, whatever its files are called', async () => {
    const surroundings = createSurroundings({ cwd });
    assert.equal(await main(['attest', '--export', 'attacks', '--json'], surroundings, openApp), 0);
    assert.deepEqual(readdirSync(cwd), ['attacks']);
    const groups = Map.groupBy(await loadAttacks(), ({ group }) => group);
    assert.deepEqual(readdirSync(join(cwd, 'attacks')).toSorted(), [...groups.keys()].toSorted());
    for (const [group, members] of groups) {
      const names = members.map(({ name }) => name).toSorted();
      assert.deepEqual(readdirSync(join(cwd, 'attacks', group)).toSorted(), names);
    }
  });
});
