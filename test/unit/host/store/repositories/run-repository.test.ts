import assert from 'node:assert/strict';
import { it } from 'node:test';

import type { RunRow } from '#host/store';
import { onEachBackend } from '../../../../fixtures/store/backends.ts';
import { createRunRow } from '../../../../fixtures/store/rows.ts';

onEachBackend('createRunRepository', (createPlace) => {
  it('keeps every text as it is, and numbers past 32 bits', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const logs = JSON.stringify([{ level: 'info', text: 'zero \0, half a pair \ud83e, a glove 🧤, \u2028' }]);
    const row = createRunRow(1_900_000_000_000, { tenant: 'a', logs, output: '{"a":"\\u0000\\ud800"}', input: '' });
    await store.runs.insert(row);
    assert.deepEqual({ ...(await store.runs.find('a', row.run_id)) }, row);
  });

  it('keeps each column where it belongs, in whatever order they come', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const rows = [createRunRow(1, { tenant: 'a' }), createRunRow(2, { tenant: 'a' })];
    const turned = rows.map((row) => Object.fromEntries(Object.entries(row).toReversed()) as unknown as RunRow);
    // One at a time, since that is how most are written; the second finds the statement of the first.
    for (const row of [...rows, ...turned.map((each) => ({ ...each, tenant: 'b' }))]) await store.runs.insert(row);
    for (const row of rows) {
      assert.deepEqual({ ...(await store.runs.find('a', row.run_id)) }, row);
      assert.deepEqual({ ...(await store.runs.find('b', row.run_id)) }, { ...row, tenant: 'b' });
    }
  });

  it('writes what neither database can hold as U+FFFD, and finds nothing by it', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const row = createRunRow(1, { tenant: 'a', input: 'half \ud800' });
    await store.runs.insert(row);
    assert.equal((await store.runs.find('a', row.run_id))?.input, 'half \ufffd');
    assert.equal(await store.runs.find('a', `${row.run_id}\0`), undefined);
    assert.equal(await store.runs.find('a', '\ud800'), undefined);
  });

  it('orders ids as JavaScript does', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const ids = ['run_0', 'run_1', 'run_A', 'run_B', 'run_a', 'run_b', 'run-z', 'runz', 'run_ä', 'run_10'];
    for (const runId of ids) await store.runs.insert(createRunRow(1, { tenant: 'a', run_id: runId }));
    const sorted = ids.toSorted((a, b) => (a < b ? -1 : 1));
    assert.deepEqual(
      (await store.runs.list('a', { limit: 20 })).map((row) => row.run_id),
      sorted.toReversed(),
    );
    assert.equal(await store.runs.findOlder('a', undefined, 3), sorted.at(-3));
    assert.equal(await store.runs.findOlder('a', 'run_a', 1), sorted[sorted.indexOf('run_a') - 1]);
    assert.equal(await store.runs.deleteUpTo('a', 'run_A', 2), 2);
    assert.deepEqual(
      (await store.runs.list('a', { limit: 20 })).map((row) => row.run_id),
      sorted.slice(2).toReversed(),
    );
  });

  it('records many at once, and refuses none for another', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const rows = Array.from({ length: 250 }, (_, at) => createRunRow(at + 1, { tenant: 'a' }));
    const [first] = rows;
    assert.ok(first);
    await store.runs.insert(first);
    const results = await Promise.allSettled(rows.map((row) => store.runs.insert(row)));
    const refused = results.filter((result) => result.status === 'rejected');
    assert.deepEqual(
      refused.map(({ reason }) => (reason as { code: string; data: object }).data),
      [{ reason: 'constraint' }],
    );
    assert.equal((await store.runs.list('a', { limit: 1000 })).length, 250);
  });
});
