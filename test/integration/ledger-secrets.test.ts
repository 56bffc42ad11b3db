// What must never be in a record, looked for in all of them.

import assert from 'node:assert/strict';
import { it } from 'node:test';

import { LOCAL_PRINCIPAL as principal, parseConfig, systemClock as clock } from '#host/base';
import { exportLedger, rotateKey } from '#host/ledger';
import { openApp } from '../../host/app.ts';
import { onEachBackend } from '../fixtures/store/backends.ts';
import { createRun } from '../fixtures/store/drafts.ts';

const PASSWORD = 'a-password-4711';

onEachBackend('the records of a host', (createPlace) => {
  // Proves ledger.no-secrets.
  it('hold neither its settings nor its keys', async () => {
    await using place = await createPlace();
    const [home, url] = place.args;
    const database = URL.parse(url);
    if (database !== null) database.password = PASSWORD;
    const env = { DATABASE_URL: database?.href, GLOVEBOX_CGROUP: '/sys/fs/cgroup/of-this-machine' };
    await using store = await place.open();
    const keys: Uint8Array[] = [];
    {
      await using app = await openApp({ home, config: parseConfig(env, home) });
      await app.ledger.recordRun(createRun(1));
      await assert.rejects(app.maker.create({ principal, manifest: {}, source: '' }));
      await rotateKey(store, clock);
      keys.push((await app.store.keys.find('ledger-signing')) ?? Buffer.alloc(0));
    }
    await rotateKey(store, clock);
    keys.push((await store.keys.find('ledger-signing')) ?? Buffer.alloc(0));

    const records = (await Array.fromAsync(exportLedger(store.ledger))).join('\n');
    assert.match(records, /policy\.set/);
    assert.match(records, /key\.rotated/);
    assert.equal(records.includes(PASSWORD), false);
    assert.equal(records.includes('of-this-machine'), false);
    for (const key of keys) {
      // The seed is the last 32 bytes of the PKCS #8 form.
      const seed = Buffer.from(key).subarray(-32);
      assert.equal(seed.length, 32);
      for (const encoding of ['base64', 'base64url', 'hex', 'latin1'] as const) {
        assert.equal(records.includes(seed.toString(encoding).replace(/=+$/, '')), false, encoding);
      }
    }
  });
});
