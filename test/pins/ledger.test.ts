// Formats that outlive the program that wrote them: the values were computed by other programs (Python's hashlib and
// OpenSSL), never by the source they pin. A ledger written today must verify for ever.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { emptyChain, hashLink, type LedgerEventRow, type MakingRow, type RunRow } from '#host/store';
import { NO_CHECKPOINT, hashCheckpoint, parseCheckpoint, signCheckpoint } from '../../host/ledger/checkpoint.ts';
import { readPrunedRuns } from '../../host/ledger/gaps.ts';
import { parseSigningKey } from '../../host/ledger/signing-key.ts';
import { recordOfEvent, recordOfMaking, recordOfRun } from '../../host/store/chain/record.ts';

const RUN: RunRow = {
  tenant: 't',
  run_id: 'run_1',
  principal: 'p',
  tool: 'roi',
  version: 1,
  digest: 'dd',
  started_at: 1_700_000_000_000,
  input_digest: 'ii',
  output_digest: 'oo',
  seed: '00',
  clock_ms: 1_700_000_000_000,
  limits: '{}',
  verdict: 'ok',
  failure: null,
  bill: '{"cpuMs":1.5}',
  logs: '[]',
  input: '{"a":"ä"}',
  output: 'a\u0000b',
  journal: '[]',
  continues: null,
  client: '{}',
  format: 2,
  engine: 'node 1, v8 2',
  content: '[]',
  content_digest: 'cc',
  journal_digest: 'jj',
  waiting: '[]',
  bytes: null,
  failure_digest: null,
  logs_digest: null,
  waiting_digest: null,
};

const MAKING: MakingRow = {
  tenant: 't',
  making_id: 'mak_1',
  principal: 'p',
  started_at: 1_700_000_000_000,
  wall_ms: 12.5,
  lineage: 'source:a',
  verdict: 'published',
  tool: 'roi',
  version: 1,
  digest: 'dd',
  failure: null,
  input_digest: 'ii',
  report: '[]',
};

const EVENT: LedgerEventRow = {
  tenant: 't',
  event_id: 'evt_1',
  kind: 'runs.pruned',
  at: 1_700_000_000_000,
  data: '{}',
};

const RUN_DIGEST = 'f2709fbbc1d017e74fef0872d777db53e6912780e762c8962f8784ec1efe4dc0';
const MAKING_DIGEST = 'df97c6dfda6b2803686c6ae71b9decec11f8c98b9d061cd30c3aecc7e5ac5f4c';
const EVENT_DIGEST = '42be8ed35f7d12cf3fec1f70137c13f2219db3f7a6f177cd39b44d3e89c64131';
const FIRST_LINK = '1d8a4827b7658790191aa548f783e0058cbd13d00a9f75f90bd0c983966d3fa6';
const SECOND_LINK = '6b5757d72b2bb35b028f60b7a95899eb1ae35bda1e184436f5b293e4c21d4269';

/** PKCS #8 of the Ed25519 key whose seed is the bytes 0 to 31. */
const PRIVATE_KEY = '302e020100300506032b657004220420000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';
const PUBLIC_KEY = 'MCowBQYDK2VwAyEAA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=';
const ZEROS = '0000000000000000000000000000000000000000000000000000000000000000';
const BODY = `{"at":1700000000000,"format":"glovebox-checkpoint-1","heads":[{"hash":"${SECOND_LINK}","sequence":2,"writer":"runs_1"}],"number":1,"previous":"${ZEROS}","publicKey":"${PUBLIC_KEY}"}`;
const BODY_HASH = '61a6b71cafbb917d883669174e1e182fe64fd97269d1cf2032fb1d90a5e1918d';
const SIGNATURE = '6RDT03ejQ/qmFs8uWHt+VqfifhNcwA+yqNZQmXSNfoFKKlSeK2h2kt6rmNq+E5n+f4u9S9GfXbpfpFUKjDIOAw==';
const PRUNING_SIGNATURE = '+rK843xNlpeo1ysx19H5IB52YjkBF4dsc7YuWMefUSKVI7iACr70jM50+72flqRDkOORbumM9wWvkFG7t4ZWCw==';

// Proves ledger.stable-format.
describe('the ledger', () => {
  it('digests each kind of row as it always did', () => {
    assert.deepEqual(
      [recordOfRun(RUN), recordOfMaking(MAKING), recordOfEvent(EVENT)],
      [
        { kind: 'run', tenant: 't', subject: 'run_1', digest: RUN_DIGEST },
        { kind: 'making', tenant: 't', subject: 'mak_1', digest: MAKING_DIGEST },
        { kind: 'event', tenant: 't', subject: 'evt_1', digest: EVENT_DIGEST },
      ],
    );
  });

  it('links as it always did', () => {
    const start = emptyChain('runs_1');
    assert.deepEqual(start, { writer: 'runs_1', sequence: 0, hash: ZEROS });
    assert.equal(hashLink(start, recordOfRun(RUN)), FIRST_LINK);
    assert.equal(hashLink({ writer: 'runs_1', sequence: 1, hash: FIRST_LINK }, recordOfMaking(MAKING)), SECOND_LINK);
  });

  it('signs checkpoints as it always did', () => {
    const key = parseSigningKey(Buffer.from(PRIVATE_KEY, 'hex'));
    assert.ok(key);
    const heads = [{ writer: 'runs_1', sequence: 2, hash: SECOND_LINK }];
    const row = signCheckpoint({ number: 1, at: 1_700_000_000_000, previous: NO_CHECKPOINT, heads }, key);
    assert.deepEqual(row, { number: 1, body: BODY, signature: SIGNATURE });
    assert.equal(hashCheckpoint(row), BODY_HASH);
  });

  it('reads checkpoints and prunings that were signed elsewhere', () => {
    const checkpoint = { ...(JSON.parse(BODY) as object), signature: SIGNATURE };
    assert.equal(parseCheckpoint(checkpoint), checkpoint);
    const data = JSON.stringify({ upTo: 'run_1', signature: PRUNING_SIGNATURE });
    assert.equal(readPrunedRuns({ ...EVENT, data }, PUBLIC_KEY), 'run_1');
    assert.equal(readPrunedRuns({ ...EVENT, data, tenant: 'u' }, PUBLIC_KEY), undefined);
  });
});
