// What ends a run, each by its own code, and what becomes of the culprit and of the others.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { createSandbox, type RunOutcome, type Sandbox, type ToolArtifact } from '#sandbox';
import { Dispatcher } from '../../../sandbox/dispatcher.ts';
import { executes } from '../../fixtures/jail/executes.ts';
import { fakePrograms } from '../../fixtures/jail/fake-cell.ts';
import { ABORTING, codeOf, outputOf, run, toolOf, UNINTERRUPTIBLE, type TestRun } from '../../fixtures/jail/tools.ts';
import { until } from '../../fixtures/mcp/until.ts';

const MIB = 2 ** 20;
const benign = toolOf('benign', 'return { sum: input.a + input.b };');
const waiting = toolOf('waiting', `return { got: await host.call('test.wait', {}) };`);

let sandbox: Sandbox;

before(() => {
  sandbox = createSandbox({ lanes: 1, maxLanes: 1 });
});
after(() => sandbox[Symbol.asyncDispose]());

/** How a run must end, and on whose account. */
interface Watched extends TestRun {
  readonly body: string;
  readonly code: string;
  readonly limit: string;
  readonly value: number;
  readonly convicted: boolean;
}

/** A string of a gigabyte, in one piece and outside V8's heap accounts. */
const GIANT = String.raw`return { hit: /q/.test('一'.repeat(2 ** 29 - 25)) };`;
const BOMB = 'const all = []; for (;;) all.push(new Array(10_000).fill(all.length));';

const WATCHDOGS: Readonly<Record<string, Watched>> = {
  'CPU time': {
    body: 'for (;;);',
    limits: { cpuMs: 100 },
    code: 'LIMIT_CPU',
    limit: 'cpuMs',
    value: 100,
    convicted: true,
  },
  'wall time': {
    body: 'await host.sleep(10_000); return {};',
    limits: { wallMs: 100 },
    code: 'LIMIT_WALL',
    limit: 'wallMs',
    value: 100,
    convicted: false,
  },
  heap: {
    body: BOMB,
    limits: { heapBytes: 16 * MIB, cpuMs: 10_000, wallMs: 20_000 },
    code: 'LIMIT_HEAP',
    limit: 'heapBytes',
    value: 16 * MIB,
    convicted: false,
  },
  'resident size of the process': {
    body: GIANT,
    profile: 'fast',
    limits: { cpuMs: 10_000, wallMs: 20_000 },
    code: 'LIMIT_RSS',
    limit: 'rssBytes',
    value: 640 * MIB,
    convicted: true,
  },
  output: {
    body: `return { text: 'x'.repeat(2000) };`,
    limits: { outputBytes: 1000 },
    code: 'LIMIT_OUTPUT',
    limit: 'outputBytes',
    value: 1000,
    convicted: false,
  },
  'host calls': {
    body: 'for (;;) await host.sleep(0);',
    limits: { hostCalls: 10 },
    code: 'LIMIT_HOST_CALLS',
    limit: 'hostCalls',
    value: 10,
    convicted: false,
  },
};

describe('a watchdog', () => {
  for (const [what, { body, code, limit, value, convicted, ...options }] of Object.entries(WATCHDOGS)) {
    // Proves jail.watchdogs.
    it(`of ${what} ends a run by its own name`, async () => {
      const outcome = await run(sandbox, toolOf(`passes ${what}`, body), options);
      assert.equal(codeOf(outcome), code);
      assert.ok(!outcome.ok);
      assert.deepEqual([outcome.failure.data?.['limit'], outcome.failure.data?.['value']], [limit, value]);
      assert.equal(outcome.convicted, convicted);
      assert.deepEqual(outputOf(await run(sandbox, benign, { input: { a: 1, b: 2 } })), { sum: 3 });
    });
  }

  // Proves jail.watchdogs.
  it('of the log marks where it was cut, and lets the run go on', async () => {
    const chatty = toolOf('chatty', `for (let i = 0; i < 100; i += 1) console.log('x'.repeat(100)); return {};`);
    const outcome = await run(sandbox, chatty, { limits: { logBytes: 1000 } });
    assert.deepEqual(outputOf(outcome), {});
    assert.deepEqual([outcome.logs.length, outcome.logs.at(-1)?.code], [11, 'LIMIT_LOG']);
    assert.ok(outcome.logs.slice(0, -1).every(({ code }) => code === undefined));
  });

  it('of CPU time sees what the validators of a version burn', async () => {
    const validators = `(() => ({ input: () => { for (;;); }, output: () => '' }))`;
    const outcome = await run(sandbox, { ...toolOf('judge', 'return {};'), validators }, { limits: { cpuMs: 100 } });
    assert.equal(codeOf(outcome), 'LIMIT_CPU');
    assert.ok(!outcome.ok && outcome.convicted && outcome.bill.cpuMs >= 100, JSON.stringify(outcome));
  });

  // Proves jail.stalled.
  it('of silence ends a run whose process was stopped while it executed', async () => {
    await using own = createSandbox({ lanes: 1, maxLanes: 1 });
    assert.deepEqual(outputOf(await run(own, benign, { input: { a: 1, b: 2 } })), { sum: 3 });
    const [pid = 0] = own.stats().children;
    const pending = run(own, toolOf('loop', 'for (;;);'), { limits: { cpuMs: 20_000, wallMs: 20_000 } });
    await executes(pid);
    process.kill(pid, 'SIGSTOP');
    const outcome = await pending;
    assert.equal(codeOf(outcome), 'RUN_STALLED');
    assert.ok(!outcome.ok && outcome.convicted && outcome.bill.wallMs < 5000, JSON.stringify(outcome));
    assert.deepEqual(outputOf(await run(own, benign, { input: { a: 1, b: 2 } })), { sum: 3 });
  });
});

/** What brings its cell down, after some work. */
const KILLERS: Readonly<Record<string, readonly [body: string, codes: RegExp, cpuMs?: number]>> = {
  'a loop V8 cannot interrupt': [UNINTERRUPTIBLE, /^LIMIT_CPU$/, 400],
  'a fatal abort of V8': [ABORTING, /^RUN_CRASHED$/],
  'an allocation past what the process may have': [GIANT, /^(RUN_CRASHED|LIMIT_RSS)$/],
};

describe('a run that takes its cell down', () => {
  for (const [deed, [body, codes, cpuMs = 5000]] of Object.entries(KILLERS)) {
    // Proves jail.culprit-billed.
    it(`by ${deed} is convicted and billed, and the innocent finish`, async () => {
      await using own = createSandbox({ lanes: 2, maxLanes: 2 });
      const release = Promise.withResolvers<{ readonly value: string; readonly sideEffect: false }>();
      const events = { hostCall: () => release.promise };
      const innocent = Array.from({ length: 4 }, () =>
        run(own, waiting, { grants: ['test.wait'], events, limits: { wallMs: 30_000 } }),
      );
      await until('the innocent to wait', () => own.stats().parked === 4);
      // Enough for the lane to look at it: a cell in bubblewrap is gone before it can be asked for its last.
      const work = 'for (let i = 0; i < 2e7; i += 1);';
      const culprits = Array.from({ length: 2 }, (_, i) =>
        run(own, toolOf(`culprit-${i}`, `${work} ${body}`), { limits: { cpuMs, wallMs: 20_000 } }),
      );
      const beside = await Promise.all(
        Array.from({ length: 6 }, (_, b) => run(own, benign, { input: { a: 1, b } }).then(outputOf)),
      );
      for (const outcome of await Promise.all(culprits)) {
        assert.match(codeOf(outcome), codes);
        assert.ok(!outcome.ok && outcome.convicted);
        assert.ok(outcome.bill.cpuMs >= 50 && outcome.bill.wallMs >= 50, JSON.stringify(outcome.bill));
      }
      release.resolve({ value: '"done"', sideEffect: false });
      assert.deepEqual(
        beside,
        Array.from({ length: 6 }, (_, b) => ({ sum: 1 + b })),
      );
      for (const outcome of await Promise.all(innocent)) assert.deepEqual(outputOf(outcome), { got: 'done' });
    });
  }
});

describe('a cell that does not come back from an earlier run', () => {
  const GOOD = '{"good":true}';

  /** A jail whose cell ends a run cleanly and is then caught in a loop. */
  async function openTrap(deed = 'done(run); burn(60_000);'): Promise<Dispatcher> {
    const programs = await fakePrograms(deed);
    return new Dispatcher({ programs, lanes: 1, maxLanes: 1, maxQueued: 10, queueMs: 10_000, idleMs: 1000 });
  }

  function call(jail: Dispatcher, name: string, input: string): Promise<RunOutcome> {
    const artifact: ToolArtifact = toolOf(name, '');
    const limits = { heapBytes: 64 * MIB, cpuMs: 200, wallMs: 1000, outputBytes: 100, logBytes: 0, hostCalls: 0 };
    const task = { runId: name, tenant: 'local', artifact, limits, input, seed: '', clockMs: 0, grants: [] };
    return jail.run({ task, key: name, digest: artifact.digest });
  }

  // Proves jail.innocent-of-before.
  it('is not blamed on the next one: that starts over in another cell', async () => {
    await using jail = await openTrap();
    const first = await call(jail, 'first', '"evil"');
    const next = await call(jail, 'next', '{}');
    for (const outcome of [first, next]) assert.equal(outcome.ok && outcome.output, GOOD);
    assert.equal(jail.stats.cellsKilled, 1);
  });

  // Proves jail.heartbeat.
  it('is found out by its silence, and replaced before anybody needs it', async () => {
    await using jail = await openTrap();
    await call(jail, 'first', '"evil"');
    await until('the end of the silent cell', () => jail.stats.cellsKilled === 1);
    const outcome = await call(jail, 'next', '{}');
    assert.ok(outcome.ok && outcome.bill.wallMs < 150, JSON.stringify(outcome));
  });

  // Proves jail.unmetered.
  it('is found out by what it burns, though it answers', async () => {
    await using jail = await openTrap('done(run); setInterval(() => burn(900), 10);');
    await call(jail, 'first', '"evil"');
    await until('the end of the busy cell', () => jail.stats.cellsKilled === 1);
    assert.ok((await call(jail, 'next', '{}')).ok);
  });
});
