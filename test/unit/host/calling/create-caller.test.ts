import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { sandboxError, sandboxFailure, type RunOutcome, type RunRequest, type Sandbox } from '#sandbox';
import { hostError, LOCAL_PRINCIPAL as principal, sha256, systemClock as clock } from '#host/base';
import { createCaller, type Caller } from '#host/calling';
import { createCapabilities } from '#host/capabilities';
import { createLedger, type Ledger } from '#host/ledger';
import { openRegistry, type Registry } from '#host/registry';
import { openStore } from '#host/store';
import { createQuarantine, type Quarantine } from '#host/traffic';
import { createDraft } from '../../../fixtures/store/drafts.ts';
import { createTemporaryHome } from '../../../fixtures/store/temporary-home.ts';

const { tenant } = principal;
const BILL = { cpuMs: 1, wallMs: 2, heapUsedBytes: 3, cellRssPeakBytes: 4, bytesIn: 5, bytesOut: 6, hostCalls: 7 };
const DONE: RunOutcome = {
  ok: true,
  output: '{"roi":0.5}',
  content: [],
  bill: BILL,
  logs: [{ level: 'info', text: 'x' }],
  journal: [],
};

function failed(code: 'TOOL_THREW' | 'LIMIT_WALL' | 'RUN_CANCELLED', convicted = false, data = {}): RunOutcome {
  return { ok: false, failure: sandboxFailure(code, 'no good', data), convicted, bill: BILL, logs: [], journal: [] };
}

interface Stage {
  readonly caller: Caller;
  readonly registry: Registry;
  readonly ledger: Ledger;
  readonly quarantine: Quarantine;
  /** What the jail was asked to run. */
  readonly asked: RunRequest[];
  call(more?: object): ReturnType<Caller['call']>;
}

/** The real store, registry, ledger and quarantine, over a jail whose runs end as given. */
async function onStage(
  run: (request: RunRequest) => RunOutcome,
  work: (stage: Stage) => Promise<void>,
  brokenLedger?: Partial<Ledger>,
): Promise<void> {
  await using home = await createTemporaryHome();
  await using store = await openStore({ home: home.path, clock });
  await using registry = await openRegistry({ store, clock, watch: false });
  using quarantine = createQuarantine({ store, clock });
  const ledger = createLedger({ store });
  const asked: RunRequest[] = [];
  const sandbox = {
    async run(request: RunRequest) {
      asked.push(request);
      return run(request);
    },
  } as Sandbox;
  await registry.publish(principal, createDraft('roi', 'first'));
  const capabilities = createCapabilities({ setShown: () => true, announceUpdate: () => undefined });
  const books = { ledger: { ...ledger, ...brokenLedger }, quarantine };
  await using caller = createCaller({
    sandbox,
    registry,
    capabilities,
    profiles: { fastTenants: [] },
    ...books,
    store,
    clock,
  });
  const call = (more = {}) => caller.call({ principal, tool: 'roi', input: { a: 1 }, ...more });
  await work({ caller, registry, ledger, quarantine, asked, call });
}

suite('createCaller', () => {
  test('answers with output and bill, and has written the run down', async () => {
    await onStage(
      () => DONE,
      async ({ call, ledger, asked }) => {
        const result = await call();
        assert.ok(result.ok);
        assert.deepEqual([result.output, result.bill, result.tool, result.version], [{ roi: 0.5 }, BILL, 'roi', 1]);
        const [request] = asked;
        const row = await ledger.getRun(tenant, result.runId);
        assert.equal(row.verdict, 'ok');
        assert.deepEqual([row.input, row.inputDigest], ['{"a":1}', sha256('{"a":1}')]);
        assert.deepEqual([row.output, row.outputDigest], ['{"roi":0.5}', sha256('{"roi":0.5}')]);
        assert.deepEqual(
          [row.seed, row.clockMs, row.bill, row.logs],
          [request?.seed, request?.clockMs, BILL, DONE.logs],
        );
        assert.match(row.seed, /^[0-9a-f]{32}$/);
      },
    );
  });

  test('answers with content alone where the tool gave no output', async () => {
    const content = [{ type: 'text', text: 'hello' }] as const;
    const { output: _, ...silent } = DONE;
    await onStage(
      () => ({ ...silent, content }),
      async ({ call, ledger }) => {
        const result = await call();
        assert.ok(result.ok);
        assert.deepEqual(['output' in result, result.content], [false, content]);
        const row = await ledger.getRun(tenant, result.runId);
        assert.deepEqual([row.verdict, row.output, row.outputDigest], ['ok', undefined, undefined]);
      },
    );
  });

  test('runs the live version, or the one asked for', async () => {
    await onStage(
      () => DONE,
      async ({ call, registry, asked }) => {
        await registry.publish(principal, createDraft('roi', 'second'));
        assert.equal((await call()).version, 2);
        assert.equal((await call({ tool: 'roi@1' })).version, 1);
        assert.deepEqual(
          asked.map(({ artifact }) => artifact.script),
          ['second', 'first'],
        );
        await assert.rejects(call({ tool: 'roi@3' }), { code: 'VERSION_NOT_FOUND' });
        await assert.rejects(call({ tool: 'none' }), { code: 'TOOL_NOT_FOUND' });
        assert.equal(asked.length, 2);
      },
    );
  });

  test('runs nothing for an input that is no JSON', async () => {
    await onStage(
      () => DONE,
      async ({ call, asked }) => {
        await assert.rejects(call({ input: 1n }), { code: 'REQUEST_INVALID' });
        await assert.rejects(call({ input: 'x'.repeat(17 * 1024 * 1024) }), { code: 'REQUEST_TOO_LARGE' });
        assert.equal(asked.length, 0);
      },
    );
  });

  // Proves calling.recorded.
  test('gives no result that could not be written down', async () => {
    const broken = { recordRun: () => Promise.reject(hostError('STORE_FULL', 'full')) };
    await onStage(
      () => DONE,
      ({ call }) => assert.rejects(call(), { code: 'STORE_FULL' }),
      broken,
    );
  });

  test('convicts even where the run cannot be written down', async () => {
    const broken = { recordRun: () => Promise.reject(hostError('STORE_FULL', 'full')) };
    await onStage(
      () => failed('LIMIT_WALL', true),
      async ({ call }) => {
        for (let count = 0; count < 3; count += 1) await assert.rejects(call(), { code: 'STORE_FULL' });
        await assert.rejects(call(), { code: 'TOOL_QUARANTINED' });
      },
      broken,
    );
  });

  test('takes a version out of service after three convictions, and only that', async () => {
    await onStage(
      () => failed('LIMIT_WALL', true),
      async ({ call, registry, asked, ledger }) => {
        for (let count = 0; count < 3; count += 1) {
          const result = await call();
          assert.equal(result.ok ? '' : result.failure.code, 'LIMIT_WALL');
        }
        await assert.rejects(call(), { code: 'TOOL_QUARANTINED' });
        assert.deepEqual([asked.length, (await ledger.runs(tenant)).length], [3, 3]);
        await registry.publish(principal, createDraft('roi', 'better'));
        assert.equal((await call()).version, 2);
      },
    );
  });

  test('does not convict for a failure the run is not to blame for', async () => {
    await onStage(
      () => failed('TOOL_THREW'),
      async ({ call }) => {
        for (let count = 0; count < 4; count += 1) assert.equal((await call()).ok, false);
      },
    );
  });

  test('records a run that was cancelled while it ran, and throws for one that never started', async () => {
    await onStage(
      () => failed('RUN_CANCELLED'),
      async ({ call, ledger }) => {
        const { runId } = await call();
        assert.equal((await ledger.getRun(tenant, runId)).failure?.code, 'RUN_CANCELLED');
      },
    );
    const refuse = (code: 'RUN_CANCELLED' | 'HOST_BUSY') => () => {
      throw sandboxError(code, 'not started');
    };
    for (const code of ['RUN_CANCELLED', 'HOST_BUSY'] as const) {
      await onStage(refuse(code), async ({ call, ledger }) => {
        await assert.rejects(call(), { code });
        assert.deepEqual(await ledger.runs(tenant), []);
      });
    }
  });

  test('records a run whose lane went down: its code may have run', async () => {
    await onStage(
      () => {
        throw sandboxError('CELL_UNAVAILABLE', 'the lane went down');
      },
      async ({ call, ledger }) => {
        const result = await call();
        assert.equal(result.ok ? '' : result.failure.code, 'CELL_UNAVAILABLE');
        assert.equal((await ledger.getRun(tenant, result.runId)).failure?.code, 'CELL_UNAVAILABLE');
      },
    );
  });

  test('records a run even where its positions cannot be translated', async () => {
    await onStage(
      () => failed('TOOL_THREW', false, { stack: 'at glovebox:tool:1:1' }),
      async ({ call, ledger }) => {
        // The draft's source map has no mappings.
        const { runId } = await call();
        const { failure } = await ledger.getRun(tenant, runId);
        assert.deepEqual(failure?.data, { stack: 'at glovebox:tool:1:1' });
      },
    );
  });
});
