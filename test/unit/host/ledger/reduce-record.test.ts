import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { hostFailure, LOCAL_PRINCIPAL, sha256, type LedgerBytes } from '#host/base';
import { createLedger, type RunRecord } from '#host/ledger';
import { onEachBackend } from '../../../fixtures/store/backends.ts';
import { createMaking, createRun } from '../../../fixtures/store/drafts.ts';
import { dumpStore } from '../../../fixtures/store/dump.ts';
import { reduceMaking, reduceRun } from '../../../../host/ledger/reduce-record.ts';

const { tenant } = LOCAL_PRINCIPAL;
/** What only callers, tools and clients could have said. */
const SAID = 'Sekret 4711';

const failure = hostFailure('INTERNAL', `about ${SAID}`, { quoted: [SAID] });
const waiting = [{ call: 2, capability: 'client.ask', args: JSON.stringify({ message: SAID }) }];
const logs = [{ level: 'info', text: SAID }] as const;
const asked = { call: 1, capability: 'client.ask', args: JSON.stringify({ message: SAID }), ok: true, clockMs: 1500 };

/** A run whose every part says it. */
function createTalkingRun(at: number): RunRecord {
  return createRun(at, {
    verdict: 'failed',
    input: JSON.stringify({ customer: SAID }),
    output: JSON.stringify([SAID]),
    outputDigest: 'oo',
    content: [{ type: 'text', text: SAID }],
    contentDigest: 'cc',
    journal: [{ ...asked, value: JSON.stringify(SAID) }],
    journalDigest: 'jj',
    waiting,
    failure,
    logs,
  });
}

describe('reduceRun', () => {
  it('leaves a run as it is under full', () => {
    const run = createTalkingRun(1000);
    assert.equal(reduceRun(run, 'full'), run);
  });

  it('keeps shapes and key names under redacted, and digests of what was', () => {
    const {
      input,
      output,
      content,
      journal,
      waiting: waits,
      failure: failed,
      ...rest
    } = reduceRun(createTalkingRun(1000), 'redacted');
    assert.deepEqual(
      [input, output, content, rest.logs],
      [
        '{"customer":"<string 11>"}',
        '["<string 11>"]',
        [{ type: 'text', text: '<string 11>' }],
        [{ level: 'info', text: '<string 11>' }],
      ],
    );
    const args = '{"message":"<string 11>"}';
    assert.deepEqual(journal, [{ ...asked, args, value: '"<string 11>"' }]);
    assert.deepEqual(waits, [{ call: 2, capability: 'client.ask', args }]);
    const data = { quoted: ['<string 11>'] };
    assert.deepEqual(failed, { code: 'INTERNAL', kind: 'bug', fault: 'host', message: '<string 17>', data });
    assert.deepEqual(
      [rest.failureDigest, rest.logsDigest, rest.waitingDigest],
      [failure, logs, waiting].map((value) => sha256(JSON.stringify(value))),
    );
  });

  it('keeps digests alone under digest', () => {
    const {
      bytes,
      outputDigest,
      contentDigest,
      journalDigest,
      failure: failed,
      ...rest
    } = reduceRun(createTalkingRun(1000), 'digest');
    assert.deepEqual([bytes, outputDigest, contentDigest, journalDigest], ['digest', 'oo', 'cc', 'jj']);
    assert.deepEqual(failed, { code: 'INTERNAL', kind: 'bug', fault: 'host', message: 'not kept' });
    assert.deepEqual([rest.input, rest.output, rest.content, rest.journal, rest.waiting], Array(5).fill(undefined));
    assert.deepEqual([rest.logs, rest.logsDigest], [[], sha256(JSON.stringify(logs))]);
  });
});

describe('reduceMaking', () => {
  it('leaves of a failed one which step failed, with what code', () => {
    const report = [{ step: 'check', ms: 1, verdict: 'failed', detail: SAID }];
    const failed = createMaking(1000, { verdict: 'failed', failure, report });
    assert.deepEqual(reduceMaking(failed, 'redacted').report, [{ ...report[0], detail: '<string 11>' }]);
    assert.deepEqual(reduceMaking(failed, 'digest').report, [{ step: 'check', ms: 1, verdict: 'failed' }]);
    assert.equal(reduceMaking(failed, 'digest').failure?.code, 'INTERNAL');
    const published = createMaking(1000, { report });
    assert.equal(reduceMaking(published, 'digest'), published);
  });
});

onEachBackend('GLOVEBOX_LEDGER_BYTES', (createPlace) => {
  for (const [bytes, isThere] of [
    ['full', true],
    ['redacted', false],
    ['digest', false],
  ] as const satisfies readonly (readonly [LedgerBytes, boolean])[]) {
    // Proves ledger.bytes.
    it(`${bytes}: what was said is ${isThere ? '' : 'not '}in the database`, async () => {
      await using place = await createPlace();
      const run = createTalkingRun(1000);
      {
        await using store = await place.open();
        const ledger = createLedger({ store, bytes });
        await ledger.recordRun(run);
        const report = [{ step: 'check', ms: 1, verdict: 'failed', detail: SAID }];
        await ledger.recordMaking(createMaking(1000, { verdict: 'failed', failure, report }));
        assert.deepEqual(await ledger.getRun(tenant, run.runId), reduceRun(run, bytes));
      }
      assert.equal((await dumpStore(place)).includes(SAID), isThere);
    });
  }
});
