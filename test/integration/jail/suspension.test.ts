// Runs that wait for a client: they end, and are executed again with the answers they had. What a tool sees is the same.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import {
  createSandbox,
  sandboxError,
  type HostCall,
  type HostReply,
  type JournalEntry,
  type RunEvents,
  type RunOutcome,
  type Sandbox,
  type WaitingCall,
} from '#sandbox';
import { codeOf, outputOf, run, toolOf, UNINTERRUPTIBLE, type TestRun } from '../../fixtures/jail/tools.ts';

const CLOCK = Date.UTC(2026, 0, 15);
const grants = ['client.ask', 'client.roots', 'kv.read', 'kv.write'];
const stuck = toolOf('stuck', UNINTERRUPTIBLE);
const asking = toolOf('asking', `return { got: await host.ask({ message: 'Name?', schema: {} }) };`);

let sandbox: Sandbox;
before(() => {
  sandbox = createSandbox({ lanes: 1, maxLanes: 1, now: () => CLOCK + 60_000 });
});
after(() => sandbox[Symbol.asyncDispose]());

/** A host that answers `kv.…` with the number of calls it had, suspends whatever the client would have to answer. */
function createHostSide(sideEffect = false) {
  const asked: HostCall[] = [];
  const events: RunEvents = {
    async hostCall(call): Promise<HostReply> {
      asked.push(call);
      return call.capability.startsWith('client.') ? 'suspend' : { value: String(asked.length), sideEffect };
    },
  };
  return { asked, events };
}

/** A run that must have been suspended. */
function suspendedOf(outcome: RunOutcome): RunOutcome & { readonly waiting: readonly WaitingCall[] } {
  assert.equal(codeOf(outcome), 'RUN_SUSPENDED');
  assert.ok(!outcome.ok && !outcome.convicted && outcome.waiting !== undefined);
  return { ...outcome, waiting: outcome.waiting };
}

/** The journal of a suspended run with one more answer for each call it waits for. */
function answered(outcome: RunOutcome, ...values: readonly unknown[]): readonly JournalEntry[] {
  const { journal, waiting } = suspendedOf(outcome);
  const clockMs = CLOCK + 3_600_000;
  const answers = waiting.slice(0, values.length).map((call, index): JournalEntry => {
    return { ...call, ok: true, value: JSON.stringify(values[index]), clockMs };
  });
  return [...journal, ...answers];
}

describe('a run that waits for nothing but its client', () => {
  // Proves jail.suspends.
  it('ends at once, with what it waits for, and holds no isolate', async () => {
    const { asked, events } = createHostSide();
    const outcome = suspendedOf(await run(sandbox, asking, { grants, events }));
    const call = { call: 1, capability: 'client.ask', args: '{"key":"input_1","message":"Name?","schema":{}}' };
    assert.deepEqual(outcome.waiting, [call]);
    assert.deepEqual(outcome.journal, []);
    assert.deepEqual(asked, [{ runId: asked[0]?.runId, ...call }]);
    const { running, parked } = sandbox.stats();
    assert.deepEqual({ running, parked }, { running: 0, parked: 0 });
  });

  it('leaves nothing of what it held: sixty that held 8 MiB each fit where ten would', async () => {
    const holding = toolOf(
      'holding',
      `const all = new Array(2 ** 20).fill(1); await host.ask({ message: 'a', schema: {} }); return { n: all.length };`,
    );
    const { events } = createHostSide();
    for (let i = 0; i < 60; i += 1) suspendedOf(await run(sandbox, holding, { grants, events }));
    assert.equal(sandbox.stats().cellsKilled, 0);
  });

  it('waits for all it asked, in the order it asked', async () => {
    const several = toolOf(
      'several',
      `const first = host.ask({ message: 'a', schema: {} }); const second = host.roots({ key: 'r' });
       return { all: await Promise.all([first, second, host.ask({ message: 'c', schema: {}, key: 'c' })]) };`,
    );
    const { events } = createHostSide();
    const outcome = suspendedOf(await run(sandbox, several, { grants, events }));
    assert.deepEqual(
      outcome.waiting.map(({ call, capability }) => [call, capability]),
      [
        [1, 'client.ask'],
        [2, 'client.roots'],
        [3, 'client.ask'],
      ],
    );
    const continued = await run(sandbox, several, { grants, events, journal: answered(outcome, 'x', 'y', 'z') });
    assert.deepEqual(outputOf(continued), { all: ['x', 'y', 'z'] });
  });

  it('sleeps first, and does not sleep again when it goes on', async () => {
    const sleepy = toolOf(
      'sleepy',
      `const [, name] = await Promise.all([host.sleep(80), host.ask({ message: 'a', schema: {} })]); return { name, at: Date.now() };`,
    );
    const { events } = createHostSide();
    const outcome = suspendedOf(await run(sandbox, sleepy, { grants, events }));
    assert.ok(outcome.bill.wallMs >= 75, `${outcome.bill.wallMs} ms`);
    assert.deepEqual(outcome.journal, [
      { call: 1, capability: 'time.sleep', args: '{"ms":80}', ok: true, value: 'null', clockMs: CLOCK + 80 },
    ]);
    const continued = await run(sandbox, sleepy, { grants, events, journal: answered(outcome, 'Ada') });
    assert.deepEqual(outputOf(continued), { name: 'Ada', at: CLOCK + 3_600_000 });
    assert.ok(continued.bill.wallMs < 70, `${continued.bill.wallMs} ms`);
  });

  it('that ends without the answer is done', async () => {
    const { events } = createHostSide();
    for (const body of [
      `void host.ask({ message: 'a', schema: {} }); return { ok: true };`,
      `void host.ask({ message: 'a', schema: {} }); await host.sleep(20); return { ok: true };`,
      `await Promise.race([host.ask({ message: 'a', schema: {} }), host.sleep(20)]); return { ok: true };`,
    ]) {
      assert.deepEqual(outputOf(await run(sandbox, toolOf(body, body), { grants, events })), { ok: true }, body);
    }
  });

  it('leaves room for others that are parked in its cell', async () => {
    const answer = Promise.withResolvers<HostReply>();
    const parked = run(sandbox, toolOf('parked', `return { got: await host.call('kv.read') };`), {
      grants,
      events: { hostCall: () => answer.promise },
    });
    suspendedOf(await run(sandbox, asking, { grants, events: createHostSide().events }));
    answer.resolve({ value: '"late"', sideEffect: false });
    assert.deepEqual(outputOf(await parked), { got: 'late' });
  });
});

/** Uses everything a run has: randomness, clock, logs, answers in an order of their own. */
const eventful = toolOf(
  'eventful',
  `host.log('begins ' + Math.random());
   host.progress(0.2);
   const [a, b] = await Promise.all([host.call('kv.read', 'a'), host.call('kv.write', 'b')]);
   await host.sleep(5);
   host.log('at ' + Date.now());
   const one = await host.ask({ message: 'one ' + Math.random(), schema: {} });
   host.log('one ' + one);
   host.progress(0.6);
   const two = await host.ask({ message: 'two ' + one, schema: {} });
   host.log('two ' + two);
   await host.call('kv.read', two);
   return { a, b, one, two, r: Math.random() };`,
);

describe('a run that is executed again', () => {
  // Proves jail.re-execution.
  it('sees what it saw, asks nothing twice, and goes on from there', async () => {
    const { asked, events } = createHostSide();
    const first = await run(sandbox, eventful, { grants, events });
    const second = await run(sandbox, eventful, { grants, events, journal: answered(first, 1) });
    const third = await run(sandbox, eventful, { grants, events, journal: answered(second, 2) });
    const { one, two } = outputOf(third) as { one: number; two: number };
    assert.deepEqual([one, two], [1, 2]);
    assert.deepEqual(
      asked.map(({ call, capability }) => `${call} ${capability}`),
      ['1 kv.read', '2 kv.write', '4 client.ask', '5 client.ask', '6 kv.read'],
    );
    assert.deepEqual(third.logs.slice(0, 3), second.logs);
    assert.deepEqual(second.logs.slice(0, 2), first.logs);
    assert.deepEqual(third.journal.slice(0, 5), answered(second, 2));

    // All it had, given again: the same run, without a host.
    const replayed = await run(sandbox, eventful, { grants, journal: third.journal });
    const { bill: _, ...expected } = third;
    const { bill: __, ...actual } = replayed;
    assert.deepEqual(actual, expected);
  });

  it('tells no progress and no log twice', async () => {
    const { events } = createHostSide();
    const heard: unknown[] = [];
    const all: TestRun = {
      grants,
      events: {
        ...events,
        log: ({ text }) => heard.push(text.slice(0, 3)),
        progress: ({ ratio }) => heard.push(ratio),
      },
    };
    const first = await run(sandbox, eventful, all);
    assert.deepEqual(heard.splice(0), ['beg', 0.2, 'at ']);
    const second = await run(sandbox, eventful, { ...all, journal: answered(first, 1) });
    assert.deepEqual(heard.splice(0), ['one', 0.6]);
    await run(sandbox, eventful, { ...all, journal: answered(second, 2) });
    assert.deepEqual(heard.splice(0), ['two']);
  });

  it('may leave answers that it asked for and no longer needs', async () => {
    const racing = toolOf(
      'racing',
      `const asks = ['a', 'b'].map((key) => host.ask({ message: key, schema: {}, key }));
       return { first: await Promise.race(asks) };`,
    );
    const { events } = createHostSide();
    const outcome = await run(sandbox, racing, { grants, events });
    const journal = answered(outcome, 'x', 'y');
    assert.deepEqual(outputOf(await run(sandbox, racing, { grants, events, journal })), { first: 'x' });
    const turned = await run(sandbox, racing, { grants, events, journal: journal.toReversed() });
    assert.deepEqual(outputOf(turned), { first: 'y' });
  });

  it('asks again for what was not answered', async () => {
    const both = toolOf(
      'both',
      `return { all: await Promise.all(['a', 'b'].map((key) => host.ask({ message: key, schema: {}, key }))) };`,
    );
    const { events } = createHostSide();
    const first = await run(sandbox, both, { grants, events });
    const second = suspendedOf(await run(sandbox, both, { grants, events, journal: answered(first, 'x') }));
    assert.deepEqual(
      second.waiting.map(({ call }) => call),
      [2],
    );
    assert.deepEqual(outputOf(await run(sandbox, both, { grants, events, journal: answered(second, 'y') })), {
      all: ['x', 'y'],
    });
  });

  it('asks nothing anew before it has had every answer again', async () => {
    const eager = toolOf(
      'eager',
      `const late = host.ask({ message: 'late', schema: {} });
       const first = await host.ask({ message: 'first', schema: {} });
       const read = host.call('kv.read', first);
       return { all: [first, await late, await read, await host.call('kv.write', 1)] };`,
    );
    const { asked, events } = createHostSide();
    const [late, first] = suspendedOf(await run(sandbox, eager, { grants, events })).waiting;
    assert.ok(late !== undefined && first !== undefined);
    const journal = [first, late].map((call) => ({ ...call, ok: true, value: String(call.call), clockMs: CLOCK }));
    const outcome = await run(sandbox, eager, { grants, events, journal });
    assert.deepEqual(outputOf(outcome), { all: [2, 1, 3, 4] });
    assert.deepEqual(
      asked.map(({ call }) => call),
      [1, 2, 3, 4],
    );
  });

  it('is told a failure as it was told before', async () => {
    const refused = sandboxError('GRANT_MISSING', 'not here', { grant: 'kv.read' });
    const catching = toolOf(
      'catching',
      `const code = await host.call('kv.read').catch((error) => error.code); await host.ask({ message: code, schema: {} }); return { code };`,
    );
    const hostCall = async ({ capability }: HostCall): Promise<HostReply> => {
      if (capability === 'kv.read') throw refused;
      return 'suspend';
    };
    const outcome = await run(sandbox, catching, { grants, events: { hostCall } });
    const journal = answered(outcome, 1);
    assert.equal(journal[0]?.ok, false);
    assert.deepEqual(outputOf(await run(sandbox, catching, { grants, journal })), { code: 'GRANT_MISSING' });
  });

  it('has its limits to itself', async () => {
    const busy = toolOf(
      'busy',
      `for (let i = 0; i < 2e5; i += 1) Math.sqrt(i); await host.ask({ message: 'a', schema: {} }); return {};`,
    );
    const { events } = createHostSide();
    const outcome = await run(sandbox, busy, { grants, events });
    const limits = { cpuMs: Math.ceil(outcome.bill.cpuMs) + 200, hostCalls: 1 };
    outputOf(await run(sandbox, busy, { grants, events, limits, journal: answered(outcome, 1) }));
  });
});

describe('a run that asks for something else than before', () => {
  const journal: readonly JournalEntry[] = [
    { call: 1, capability: 'kv.read', args: '"a"', ok: true, value: '1', clockMs: CLOCK },
    { call: 2, capability: 'kv.read', args: '"b"', ok: true, value: '2', clockMs: CLOCK },
  ];
  const others: Readonly<Record<string, string>> = {
    'other arguments': `await host.call('kv.read', 'x');`,
    'another capability': `await host.call('kv.write', 'a');`,
    'another second call': `await host.call('kv.read', 'a'); await host.call('kv.read', 'c');`,
    'other arguments, and goes on': `host.call('kv.read', 'x').catch(() => {}); for (let i = 0; i < 100; i += 1) await null;`,
    nothing: '',
    'one answer only': `await host.call('kv.read', 'a');`,
    'nothing, and throws': `throw new Error('no');`,
    'nothing, and never ends': `await new Promise(() => {});`,
    'the second answer first': `const [a, b] = ['b', 'a'].map((key) => host.call('kv.read', key)); await b;`,
  };
  for (const [what, body] of Object.entries(others)) {
    // Proves jail.diverged.
    it(`diverges: ${what}`, async () => {
      const { asked, events } = createHostSide();
      const outcome = await run(sandbox, toolOf(what, `${body} return {};`), { grants, events, journal });
      assert.equal(codeOf(outcome), 'RUN_DIVERGED');
      assert.equal(!outcome.ok && outcome.convicted, false);
      assert.deepEqual(asked, []);
    });
  }

  it('is told which call', async () => {
    const outcome = await run(sandbox, toolOf('second', `await host.call('kv.read', 'a'); return {};`), {
      grants,
      journal,
    });
    assert.deepEqual(!outcome.ok && outcome.failure.data, { call: 2, capability: 'kv.read' });
  });

  it('keeps the failure of a limit it passed on the way', async () => {
    const outcome = await run(sandbox, toolOf('looping', `for (;;);`), { grants, journal, limits: { cpuMs: 50 } });
    assert.equal(codeOf(outcome), 'LIMIT_CPU');
  });
});

describe('a run whose cell dies', () => {
  /** Starts a run that parks beside others, waits until it has asked its last call, then has the cell killed. */
  async function killUnder(pending: Promise<RunOutcome>, arrived: Promise<void>): Promise<RunOutcome> {
    await arrived;
    await run(sandbox, stuck, { limits: { wallMs: 150 } });
    return pending;
  }

  const waiting = toolOf(
    'waiting',
    `const name = await host.ask({ message: 'a', schema: {} }); const got = await host.call('kv.read', name); return { name, got };`,
  );

  it('after the answers of its journal starts over with them', async () => {
    const { events } = createHostSide();
    const journal = answered(await run(sandbox, waiting, { grants, events }), 'Ada');
    const arrived = Promise.withResolvers<void>();
    const asked: HostCall[] = [];
    const hostCall = async (call: HostCall): Promise<HostReply> => {
      asked.push(call);
      arrived.resolve();
      // The first attempt is never answered.
      if (asked.length === 1) await new Promise(() => {});
      return { value: '7', sideEffect: true };
    };
    const pending = run(sandbox, waiting, { grants, journal, events: { hostCall } });
    const outcome = await killUnder(pending, arrived.promise);
    assert.deepEqual(outputOf(outcome), { name: 'Ada', got: 7 });
    assert.deepEqual(outcome.journal.slice(0, 1), journal);
    assert.equal(outcome.journal.length, 2);
    assert.equal(asked.length, 2);
  });

  it('after a live answer with a side effect is interrupted, journal or not', async () => {
    const writing = toolOf(
      'writing',
      `await host.ask({ message: 'a', schema: {} }); await host.call('kv.write', 1); await host.call('kv.read', 2); return {};`,
    );
    const journal = answered(await run(sandbox, writing, { grants, events: createHostSide().events }), 'Ada');
    const arrived = Promise.withResolvers<void>();
    const hostCall = async ({ capability }: HostCall): Promise<HostReply> => {
      if (capability === 'kv.write') return { value: '1', sideEffect: true };
      arrived.resolve();
      return new Promise(() => {});
    };
    const pending = run(sandbox, writing, { grants, journal, events: { hostCall } });
    assert.equal(codeOf(await killUnder(pending, arrived.promise)), 'RUN_INTERRUPTED');
  });

  it('after a refusal with a code starts over; after a failure without one it is interrupted', async () => {
    const adapting = toolOf(
      'adapting',
      `await host.call('kv.write', 1).catch(() => {}); return { got: await host.call('kv.read') };`,
    );
    const refusal = sandboxError('GRANT_MISSING', 'not here');
    for (const [error, end] of [
      [refusal, 'ok'],
      [new Error('half way'), 'RUN_INTERRUPTED'],
    ] as const) {
      const arrived = Promise.withResolvers<void>();
      let reads = 0;
      const hostCall = async ({ capability }: HostCall): Promise<HostReply> => {
        if (capability === 'kv.write') throw error;
        arrived.resolve();
        reads += 1;
        return reads === 1 ? new Promise(() => {}) : { value: '7', sideEffect: false };
      };
      const outcome = await killUnder(run(sandbox, adapting, { grants, events: { hostCall } }), arrived.promise);
      assert.equal(outcome.ok ? 'ok' : codeOf(outcome), end);
    }
  });

  it('while it is suspended beside a sleep is suspended all the same', async () => {
    const sleeping = toolOf(
      'sleeping',
      `await Promise.all([host.ask({ message: 'a', schema: {} }), host.sleep(400)]); return {};`,
    );
    const arrived = Promise.withResolvers<void>();
    const hostCall = async (): Promise<HostReply> => {
      arrived.resolve();
      return 'suspend';
    };
    const outcome = await killUnder(run(sandbox, sleeping, { grants, events: { hostCall } }), arrived.promise);
    assert.equal(suspendedOf(outcome).waiting.length, 1);
    assert.equal(outcome.journal.length, 1);
  });
});

describe('a failure the host answers with', () => {
  const unsupported = {
    code: 'CLIENT_UNSUPPORTED',
    kind: 'denied',
    fault: 'caller',
    message: 'the client cannot ask',
    data: { requiredCapabilities: { elicitation: {} } },
  } as const;
  const refusing = { hostCall: () => Promise.reject(Object.assign(new Error(unsupported.message), unsupported)) };

  // Proves jail.host-failures.
  it('is the failure of a run that lets it through, as the host gave it', async () => {
    const outcome = await run(sandbox, asking, { grants, events: refusing });
    assert.deepEqual(!outcome.ok && outcome.failure, unsupported);
    assert.deepEqual(JSON.parse(outcome.journal[0]?.value ?? ''), unsupported);
  });

  it('says nothing of what the host said without a code', async () => {
    const events = { hostCall: () => Promise.reject(new Error('EACCES: /root/.glovebox/secret')) };
    const outcome = await run(sandbox, asking, { grants, events });
    assert.equal(codeOf(outcome), 'RUN_INTERRUPTED');
    assert.doesNotMatch(JSON.stringify(outcome), /EACCES|secret/);
  });

  it('cannot be had by naming it', async () => {
    const forged = toolOf('forged', `throw Object.assign(new Error('x'), { code: 'CLIENT_UNSUPPORTED' });`);
    assert.equal(codeOf(await run(sandbox, forged, { grants, events: refusing })), 'TOOL_THREW');
  });
});

describe('the answers of a run', () => {
  it('are bounded together: past 8 Mi characters it ends', async () => {
    const value = JSON.stringify('x'.repeat(2 ** 20));
    const hoarding = toolOf('hoarding', `for (let i = 0; i < 20; i += 1) await host.call('kv.read', i); return {};`);
    const outcome = await run(sandbox, hoarding, {
      grants,
      events: { hostCall: async () => ({ value, sideEffect: false }) },
    });
    assert.equal(codeOf(outcome), 'LIMIT_HOST_CALLS');
    assert.equal(outcome.journal.length, 7);
  });
});
