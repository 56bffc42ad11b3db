import assert from 'node:assert/strict';
import { it } from 'node:test';

import { onEachBackend } from '../../../../fixtures/store/backends.ts';

onEachBackend('createToolRepository', (createPlace) => {
  it('moves a pointer only for whoever saw where it stands', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    await store.tools.ensureTool('a', 'roi');
    const seen = await store.tools.findHead('a', 'roi');
    assert.ok(seen);
    const target = { first_version: 1, last_version: 1, live_version: 1, revision: 1 };
    assert.equal(await store.tools.moveHead(seen, target), true);
    assert.equal(await store.tools.moveHead(seen, { ...target, revision: 2 }), false);
    assert.equal((await store.tools.findHead('a', 'roi'))?.revision, 1);
  });

  it('keeps texts once, byte for byte', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const texts = new Map([
      ['one', 'zero \0 and \u2028 and 🧤'],
      ['two', ''],
    ]);
    await store.tools.putTexts(texts);
    await store.tools.putTexts(texts);
    assert.deepEqual(await store.tools.getTexts(['one', 'two', 'three']), texts);
  });
});
