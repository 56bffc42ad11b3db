// `kill -9` of a busy server: nothing it acknowledged is lost, nothing it started survives.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { META_KEYS } from '#host/doors/mcp';
import { startServer } from '../fixtures/cli/run-bin.ts';
import { descendantsOf, runningAfter } from '../fixtures/e2e/processes.ts';
import { actManifest, createWorkplace, TOOLS, type RunsDocument } from '../fixtures/e2e/workplace.ts';
import { CLIENTS, NEWER, type ClientKind, type TestClient } from '../fixtures/mcp/clients.ts';
import { until } from '../fixtures/mcp/until.ts';

/** What it has acknowledged before its last cell gets stuck. */
const ENOUGH = { tools: 4, runs: 40 };

describe('kill -9 of a server under load', () => {
  const place = createWorkplace();
  after(() => place[Symbol.dispose]());
  before(() => place.createAct({ cpuMs: 30_000, wallMs: 30_000 }));

  it('leaves no process, and a restart knows every acknowledged tool and run', { timeout: 60_000 }, async () => {
    using server = await startServer(place);
    const load = startLoad(server.url);
    await load.busy;
    const made = load.tools.length;
    await until('tools made while a cell loops', () => load.tools.length >= made + 3);
    const children = descendantsOf(server.pid);
    assert.ok(children.length > 0);
    const exited = once(server.child, 'exit');
    process.kill(server.pid, 'SIGKILL');
    const ended = load.stop();
    await exited;
    assert.deepEqual(await runningAfter(children, 2000), []);
    await ended;

    using restarted = await startServer(place);
    await using client = await NEWER.connect({ url: restarted.url });
    const { tools } = await client.listTools();
    const listed = new Set(tools.map(({ name }) => name));
    assert.deepEqual(
      load.tools.filter((tool) => !listed.has(tool)),
      [],
    );
    for (const tool of load.tools)
      assert.deepEqual((await client.callTool(tool, {})).structuredContent, { sleptMs: 0 });
    const { runs } = await place.answer<RunsDocument>(['runs', '--limit', '1000']);
    const recorded = new Set(runs.map(({ runId }) => runId));
    // The list ends at 1000, and the calls just made are in it.
    const acknowledged = load.runs.slice(-900);
    assert.deepEqual(
      acknowledged.filter((run) => !recorded.has(run)),
      [],
    );
  });
});

interface Load {
  /** What the server has acknowledged: tools it published, runs it answered. */
  readonly tools: readonly string[];
  readonly runs: readonly string[];
  /** Settles when there is enough of both, and one cell enters a loop that nothing but its end stops. */
  readonly busy: Promise<unknown>;
  /** Gives up what is in flight. */
  stop(): Promise<unknown>;
}

function startLoad(url: string): Load {
  const tools: string[] = [];
  const runs: string[] = [];
  const stopping = new AbortController();
  const enough = Promise.withResolvers<undefined>();
  const looping = Promise.withResolvers<unknown>();
  const acknowledge = (list: string[], name: unknown): void => {
    list.push(String(name));
    if (tools.length >= ENOUGH.tools && runs.length >= ENOUGH.runs) enough.resolve(undefined);
  };

  const source = readFileSync(join(TOOLS, 'act.ts'), 'utf8');
  const workers = [
    repeat(NEWER, async (client, turn) => {
      const making = { manifest: actManifest({ name: `act_${turn}` }), source };
      const made = await client.callTool('create_tool', making, stopping);
      acknowledge(tools, (made.structuredContent as { readonly tool: string }).tool);
    }),
    ...CLIENTS.map((kind) =>
      repeat(kind, async (client) => {
        const { _meta } = await client.callTool('act', { sleepMs: 1 }, stopping);
        acknowledge(runs, _meta?.[META_KEYS.run]);
      }),
    ),
    // Last: what is parked in the same cell has to wait for it.
    repeat(NEWER, async (client) => {
      await enough.promise;
      await client.callTool('act', { loop: true }, { signal: stopping.signal, onprogress: looping.resolve });
    }),
  ];
  const ended = Promise.all(workers);
  return {
    tools,
    runs,
    busy: Promise.race([looping.promise, ended]),
    stop() {
      stopping.abort();
      return ended;
    },
  };

  /** Does the same again and again until it is stopped. Whatever fails before that fails the test. */
  async function repeat(kind: ClientKind, work: (client: TestClient, turn: number) => Promise<unknown>): Promise<void> {
    const client = await kind.connect({ url });
    try {
      for (let turn = 1; ; turn += 1) await work(client, turn);
    } catch (error) {
      if (!stopping.signal.aborted) throw error;
    } finally {
      await Promise.allSettled([client[Symbol.asyncDispose]()]);
    }
  }
}
