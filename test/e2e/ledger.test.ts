// The ledger as an auditor meets it: after a day of calls, after a bit that flipped, after a host that was killed.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { LOCAL_PRINCIPAL as principal, parseConfig } from '#host/base';
import { META_KEYS } from '#host/doors/mcp';
import { openApp } from '../../host/app.ts';
import { startServer } from '../fixtures/cli/run-bin.ts';
import { createWorkplace, type Workplace } from '../fixtures/e2e/workplace.ts';
import { CLIENTS } from '../fixtures/mcp/clients.ts';
import { until } from '../fixtures/mcp/until.ts';

/** Of all that `ledger verify --json` answers. */
interface Verified {
  readonly intact: boolean;
  readonly covered: number;
  readonly uncovered: number;
}

/** A line of `ledger export` about a run. */
interface RunLine {
  readonly kind: string;
  /** Its run id. */
  readonly subject: string;
  readonly record: { readonly seed: string };
}

describe('the ledger of ten thousand calls', () => {
  const CALLS = 10_000;
  const AT_ONCE = 50;
  const place = createWorkplace();
  const runIds = new Set<string>();
  after(() => place[Symbol.dispose]());
  before(async () => {
    await place.createAct();
    await using app = await openApp({ home: homeOf(place), config: parseConfig({}, place.cwd) });
    for (let made = 0; made < CALLS; made += AT_ONCE) {
      const calls = Array.from({ length: AT_ONCE }, (_, index) =>
        app.caller.call({ ...callOf(made + index), principal }),
      );
      for (const { runId } of await Promise.all(calls)) runIds.add(runId);
    }
    assert.equal(runIds.size, CALLS);
  });

  // Proves calling.recorded, ledger.export.
  it('verifies, and holds each of them once', { timeout: 120_000 }, async () => {
    const verified = await place.answer<Verified>(['ledger', 'verify']);
    const lines = await exported(place);
    assert.deepEqual(
      { intact: verified.intact, records: verified.covered + verified.uncovered },
      { intact: true, records: lines.length },
    );
    const recorded = lines.filter(({ kind }) => kind === 'run').map(({ subject }) => subject);
    assert.equal(recorded.length, CALLS);
    assert.deepEqual(runIds.difference(new Set(recorded)), new Set());
  });

  // Proves ledger.tamper-evident, command.ledger.
  it('names the record of which one bit in the database file flipped', { timeout: 120_000 }, async () => {
    const lines = await exported(place);
    const { subject, record } = lines.filter(({ kind }) => kind === 'run')[CALLS / 2]!;
    const file = join(homeOf(place), 'glovebox.db');
    const bytes = readFileSync(file);
    const at = bytes.indexOf(record.seed);
    assert.ok(at > 0);
    bytes[at] = bytes[at]! ^ 1;
    writeFileSync(file, bytes);
    const { code, data } = await place.refusal(['ledger', 'verify']);
    assert.deepEqual(
      { code, problem: data?.['problem'], subject: data?.['subject'] },
      { code: 'LEDGER_BROKEN', problem: 'record-changed', subject },
    );
  });
});

describe('the ledger of a server killed ten times under load', () => {
  const LIVES = 10;
  const CALLS_A_LIFE = 30;
  const place = createWorkplace();
  after(() => place[Symbol.dispose]());
  before(() => place.createAct());

  // Proves ledger.crash.
  it('verifies, and holds every run that was acknowledged', { timeout: 120_000 }, async () => {
    const acknowledged = new Set<string>();
    for (let life = 0; life < LIVES; life += 1) {
      using server = await startServer(place);
      const before = acknowledged.size;
      const gone = new AbortController();
      const load = startLoad(server.url, (runId) => acknowledged.add(runId), gone.signal);
      await until('calls of this life', () => acknowledged.size >= before + CALLS_A_LIFE + life);
      const exited = once(server.child, 'exit');
      process.kill(server.pid, 'SIGKILL');
      await exited;
      gone.abort();
      await load;
    }
    assert.ok(acknowledged.size >= LIVES * CALLS_A_LIFE);
    assert.ok((await place.answer<Verified>(['ledger', 'verify'])).intact);
    const recorded = new Set((await exported(place)).map(({ subject }) => subject));
    assert.deepEqual(acknowledged.difference(recorded), new Set());
  });
});

function homeOf({ cwd }: Workplace): string {
  return join(cwd, '.glovebox');
}

/** Seven kinds of call that end in five ways. */
function callOf(index: number): { readonly tool: string; readonly input: object } {
  const inputs: readonly object[] = [
    {},
    { say: `call ${index}` },
    { refuse: 'not today' },
    { unknown: true },
    { say: 'x'.repeat(1000) },
    { refuse: `call ${index}` },
    { sleepMs: 0 },
  ];
  return { tool: 'act', input: inputs[index % inputs.length] ?? {} };
}

async function exported(place: Workplace): Promise<readonly RunLine[]> {
  const { exitCode, stdout, stderr } = await place.run(['ledger', 'export']);
  assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
  const lines = stdout.trim().split('\n');
  return lines.filter((line) => line.startsWith('{"type":"link"')).map((line) => JSON.parse(line) as RunLine);
}

/** Calls from two clients of each era, until the server is gone. */
async function startLoad(url: string, acknowledge: (runId: string) => void, gone: AbortSignal): Promise<void> {
  await Promise.all(
    [...CLIENTS, ...CLIENTS].map(async (kind) => {
      const client = await kind.connect({ url });
      try {
        for (let turn = 0; ; turn += 1) {
          const { _meta } = await client.callTool('act', { say: `turn ${turn}` }, { signal: gone });
          acknowledge(String(_meta?.[META_KEYS.run]));
        }
      } catch {
        // The server was killed: what it had not acknowledged, nobody may ask for.
      } finally {
        await Promise.allSettled([client[Symbol.asyncDispose]()]);
      }
    }),
  );
}
