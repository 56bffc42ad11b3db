// PostgreSQL restarted, and crashed, under load: calls succeed or say why not, what was acknowledged is there, and the
// server goes on by itself.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Failure } from '#sandbox';
import { META_KEYS } from '#host/doors/mcp';
import { startServer, type Served } from '../fixtures/cli/run-bin.ts';
import { createWorkplace, type Workplace } from '../fixtures/e2e/workplace.ts';
import { NEWER, type TestClient } from '../fixtures/mcp/clients.ts';
import { until } from '../fixtures/mcp/until.ts';
import { startCluster, whyNoCluster, type Cluster } from '../fixtures/store/cluster.ts';
import { askPostgres } from '../fixtures/store/postgres.ts';

const CALLERS = 8;
const isRequired = process.env['GLOVEBOX_REQUIRE_POSTGRES'] !== undefined;

describe('PostgreSQL restarted under load', { skip: isRequired ? false : whyNoCluster() }, () => {
  let cluster: Cluster;
  let place: Workplace;
  let server: Served;

  before(async () => {
    cluster = await startCluster();
    place = createWorkplace({ DATABASE_URL: cluster.url });
    await place.createAct();
    server = await startServer(place);
  });

  after(async () => {
    server[Symbol.dispose]();
    place[Symbol.dispose]();
    await cluster[Symbol.asyncDispose]();
  });

  for (const mode of ['fast', 'immediate'] as const) {
    // Proves store.restart.
    it(`loses nothing acknowledged and recovers by itself (${mode})`, { timeout: 60_000 }, async () => {
      const load = startLoad(server.url);
      await until('calls to be answered', () => load.acknowledged.length >= 20);
      await cluster.restart(mode);
      const sofar = load.acknowledged.length;
      await until('calls to be answered again', () => load.acknowledged.length >= sofar + 20);
      await load.stop();
      const rows = await askPostgres<{ readonly run_id: string }>(cluster.url, 'select run_id from runs');
      const recorded = new Set(rows.map(({ run_id: runId }) => runId));
      assert.deepEqual(
        load.acknowledged.filter((runId) => !recorded.has(runId)),
        [],
      );
      const strange = load.failures.filter((code) => !['STORE_FAILED', 'STORE_BUSY'].includes(code));
      assert.deepEqual(strange, []);
      const { intact } = await place.answer<{ readonly intact: boolean }>(['ledger', 'verify']);
      assert.ok(intact);
    });
  }

  it('hears again what other processes publish', async () => {
    let heardAt = 0;
    await using client = await NEWER.connect({ url: server.url }, () => (heardAt = performance.now()));
    await cluster.restart('fast');
    // With its first answer the server is back, and listens again before long.
    await until('an answer', async () => (await client.callTool('act', {})).isError !== true);
    await place.answer(['remove', 'act']);
    const removedAt = performance.now();
    await until('the client to hear', () => heardAt > 0);
    assert.ok(heardAt - removedAt < 1000, `it heard after ${heardAt - removedAt} ms`);
  });
});

interface Load {
  /** Ids of runs whose results came. */
  readonly acknowledged: readonly string[];
  /** Codes of calls that failed. */
  readonly failures: readonly string[];
  stop(): Promise<void>;
}

function startLoad(url: string): Load {
  const acknowledged: string[] = [];
  const failures: string[] = [];
  let stopping = false;

  async function callAgainAndAgain(): Promise<void> {
    await using client = await NEWER.connect({ url });
    while (!stopping) await callOnce(client);
  }

  async function callOnce(client: TestClient): Promise<void> {
    const { isError, _meta } = await client.callTool('act', { sleepMs: 1 });
    if (isError === true) failures.push((_meta?.[META_KEYS.failure] as Failure | undefined)?.code ?? 'no code');
    else acknowledged.push(String(_meta?.[META_KEYS.run]));
  }

  const ended = Promise.all(Array.from({ length: CALLERS }, callAgainAndAgain));
  return {
    acknowledged,
    failures,
    stop: async () => {
      stopping = true;
      await ended;
    },
  };
}
