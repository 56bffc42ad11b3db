import assert from 'node:assert/strict';
import { it } from 'node:test';

import { onEachBackend } from '../../../../fixtures/store/backends.ts';

onEachBackend('createKeyRepository', (createPlace) => {
  it('gives every process the key that came first', async () => {
    await using place = await createPlace();
    await using one = await place.open();
    await using other = await place.open();
    const processes = [one, other, one, other];
    const keys = await Promise.all(
      processes.map(({ keys: repository }, index) => repository.getOrAdd('state', Buffer.alloc(32, index))),
    );
    const [first = new Uint8Array()] = keys;
    assert.equal(first.length, 32);
    for (const key of keys) assert.ok(Buffer.from(first).equals(key));
    assert.notDeepEqual(await one.keys.getOrAdd('another', Buffer.alloc(32, 9)), first);
  });
});
