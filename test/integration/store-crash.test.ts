// kill -9 at any moment: what was acknowledged is there, and nothing is there by halves.

import assert from 'node:assert/strict';
import { it } from 'node:test';

import { LOCAL_PRINCIPAL, systemClock as clock } from '#host/base';
import { createLedger, makeCheckpoint, verifyLedger } from '#host/ledger';
import { openRegistry } from '#host/registry';
import { onEachBackend } from '../fixtures/store/backends.ts';
import { Child } from '../fixtures/store/child.ts';

const { tenant } = LOCAL_PRINCIPAL;
const KILLS = 10;

onEachBackend('a host killed with SIGKILL', (createPlace) => {
  // Proves store.crash, ledger.crash.
  it('loses nothing it acknowledged and leaves no half-published tool', async () => {
    await using place = await createPlace();
    const said: string[] = [];
    for (let life = 0; life < KILLS; life += 1) {
      const child = new Child('./publish-loop.ts', ...place.args, String(life));
      // Another line count each time, so that the kill meets another moment of the loop.
      await child.said(1 + life * 7);
      await child[Symbol.asyncDispose]();
      said.push(...child.lines);
    }

    await using store = await place.open();
    await using registry = await openRegistry({ store, clock });
    const ledger = createLedger({ store });
    const makings = new Map((await ledger.makings(tenant, { limit: 1e6 })).map((making) => [making.makingId, making]));
    for (const line of said) {
      const [kind, id = '', digest = '', makingId = ''] = line.split(' ');
      if (kind === 'run') await ledger.getRun(tenant, id);
      else {
        assert.equal((await registry.get(tenant, id)).artifact.digest, digest);
        assert.ok(makings.has(makingId), `the making of ${id} is in the ledger`);
      }
    }

    // Versions and makings are written together: as many of the one as of the other, acknowledged or not.
    let versions = 0;
    for (const { tool } of registry.list(tenant)) {
      for (const { version } of await registry.versions(tenant, tool)) {
        assert.ok((await registry.get(tenant, `${tool}@${version}`)).artifact.script.startsWith('life'));
        versions += 1;
      }
    }
    assert.equal(makings.size, versions);
    assert.ok(versions >= said.filter((line) => line.startsWith('version')).length);
    assert.ok(said.length > KILLS * 10);

    assert.ok((await verifyLedger(store)).checkpoints > 0);
    await makeCheckpoint(store, clock);
    const { covered, uncovered } = await verifyLedger(store);
    assert.equal(uncovered, 0, 'whoever comes next signs what a killed process left');
    assert.ok(covered >= said.length);
  });
});
