import assert from 'node:assert/strict';
import { it } from 'node:test';

import { systemClock as clock } from '#host/base';
import { createLedger, exportLedger, makeCheckpoint, parseCheckpoint } from '#host/ledger';
import { onEachBackend } from '../../../fixtures/store/backends.ts';
import { createMaking, createRun } from '../../../fixtures/store/drafts.ts';
import { linksOf } from '../../../fixtures/store/tamper.ts';

onEachBackend('exportLedger', (createPlace) => {
  // Proves ledger.export.
  it('gives each checkpoint, then each link with its record, a line each', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const ledger = createLedger({ store });
    await ledger.recordMaking(createMaking(1));
    const runs = Array.from({ length: 250 }, (_, at) => createRun(at + 1, { input: '"a\\nb"' }));
    await Promise.all(runs.map((run) => ledger.recordRun(run)));
    const made = await makeCheckpoint(store, clock);

    const lines = await Array.fromAsync(exportLedger(store.ledger));
    assert.ok(lines.every((line) => !line.includes('\n')));
    const [first, ...links] = lines.map((line) => JSON.parse(line) as ExportedLine);
    const { type, ...checkpoint } = first ?? {};
    assert.equal(type, 'checkpoint');
    assert.deepEqual(parseCheckpoint(checkpoint), made);
    assert.deepEqual(
      links.map(({ record, ...link }) => ({ ...link, id: record?.run_id ?? record?.making_id ?? record?.event_id })),
      (await linksOf(store)).map((link) => ({ type: 'link', ...link, id: link.subject })),
    );
  });

  it('gives null for the record of a run that was pruned', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const run = createRun(1);
    await createLedger({ store }).recordRun(run);
    await store.runs.deleteUpTo(run.tenant, run.runId, 1);
    const [line = ''] = await Array.fromAsync(exportLedger(store.ledger));
    assert.equal((JSON.parse(line) as ExportedLine).record, null);
  });
});

interface ExportedLine {
  readonly type: 'checkpoint' | 'link';
  readonly record: { readonly run_id?: string; readonly making_id?: string; readonly event_id?: string } | null;
}
