import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { hostError, LOCAL_PRINCIPAL as principal, sha256, systemClock as clock } from '#host/base';
import { createLedger, type Ledger } from '#host/ledger';
import { openStore } from '#host/store';
import { attempt } from '../../../../host/making/attempt.ts';
import { createTemporaryHome } from '../../../fixtures/store/temporary-home.ts';

const REQUEST = { principal, template: 'roi-calculator', context: {} };
const PUBLISHED = { tool: 'roi', version: 1, digest: sha256('roi'), unchanged: false };

async function withLedger(work: (ledger: Ledger) => Promise<void>): Promise<void> {
  await using home = await createTemporaryHome();
  await using store = await openStore({ home: home.path, clock });
  await work(createLedger({ store }));
}

suite('attempt', () => {
  test('records a failure, and throws it with its report', async () => {
    await withLedger(async (ledger) => {
      const work = attempt({ clock, ledger }, REQUEST, 'template:roi', async ({ report, startsFrom }) => {
        startsFrom('{}');
        return report.step('find', () => Promise.reject(hostError('TEMPLATE_INVALID', 'no good', { file: 'a' })));
      });
      await assert.rejects(work, (error: { code?: string; data?: { report?: { step: string }[] } }) => {
        assert.deepEqual([error.code, error.data?.report?.map(({ step }) => step)], ['TEMPLATE_INVALID', ['find']]);
        return true;
      });
      const [row] = await ledger.makings(principal.tenant);
      assert.equal(row?.verdict, 'failed');
      assert.equal(row.lineage, 'template:roi');
      assert.equal(row.inputDigest, sha256('{}'));
      assert.deepEqual([row.failure?.code, row.failure?.data], ['TEMPLATE_INVALID', { file: 'a' }]);
      assert.equal(row.report.length, 1);
    });
  });

  test('builds the row of a success with its publish step in it', async () => {
    await withLedger(async (ledger) => {
      const made = await attempt({ clock, ledger }, REQUEST, 'template:roi', async ({ report, record }) => {
        await report.step('publish', () => ledger.recordMaking(record(PUBLISHED, 'template:roi-calculator')));
        return { ...PUBLISHED, report: report.steps };
      });
      const [row] = await ledger.makings(principal.tenant);
      assert.equal(made.version, 1);
      assert.deepEqual(
        [row?.verdict, row?.lineage, row?.tool, row?.version, row?.digest],
        ['published', 'template:roi-calculator', 'roi', 1, PUBLISHED.digest],
      );
      assert.deepEqual(
        row?.report.map((step) => (step as { detail: string }).detail),
        ['roi@1'],
      );
    });
  });

  test("tells the maker's failure, not that it could not be recorded", async () => {
    const ledger = { recordMaking: () => Promise.reject(hostError('STORE_FULL', 'full')) } as unknown as Ledger;
    const work = attempt({ clock, ledger }, REQUEST, 'template:roi', () =>
      Promise.reject(hostError('TEMPLATE_INVALID', 'no good')),
    );
    await assert.rejects(work, { code: 'TEMPLATE_INVALID' });
  });
});
