// A guest that took over its process speaks the wire itself. Whatever it says, its run ends, the blame is its own, the
// host's memory stays bounded and the next run succeeds.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { DEFAULT_LIMITS, type Limits, type RunOutcome } from '#sandbox';
import { Dispatcher } from '../../../sandbox/dispatcher.ts';
import type { Job } from '../../../sandbox/lane-book.ts';
import { fakePrograms } from '../../fixtures/jail/fake-cell.ts';
import { outputOf, toolOf } from '../../fixtures/jail/tools.ts';

const MIB = 2 ** 20;
let runs = 0;

/** A jail of one lane whose cell does this deed. */
async function openFakeJail(deed: string) {
  const programs = await fakePrograms(deed);
  return new Dispatcher({ programs, lanes: 1, maxLanes: 1, maxQueued: 10, queueMs: 10_000, idleMs: 1000 });
}

interface FakeRun {
  readonly evil?: boolean;
  readonly limits?: Partial<Limits>;
  readonly onNotice?: Job['onNotice'];
}

function jobOf({ evil = true, limits = {}, onNotice }: FakeRun = {}): Job {
  runs += 1;
  const task = {
    runId: `run-${runs}`,
    tenant: 'local',
    artifact: toolOf('any', ''),
    limits: { ...DEFAULT_LIMITS, wallMs: 1000, ...limits },
    input: evil ? '"evil"' : '{}',
    seed: '',
    clockMs: 0,
    grants: ['test.call'],
  };
  return { task, key: 'local/any', digest: task.artifact.digest, ...(onNotice === undefined ? {} : { onNotice }) };
}

/** Runs the deed, then something good. */
async function suffer(deed: string, run: FakeRun = {}): Promise<RunOutcome & { readonly ok: false }> {
  await using jail = await openFakeJail(deed);
  const outcome = await jail.run(jobOf(run));
  assert.deepEqual(outputOf(await jail.run(jobOf({ evil: false }))), { good: true });
  assert.ok(!outcome.ok, 'the run succeeded');
  return outcome;
}

const turn = (rest: string, body = "''") => `send({ type: 'turn', run, usage, ${rest} }, ${body});`;
const said = (kind: string, body: string) => `send({ type: 'said', run, kind: '${kind}' }, ${body});`;
const prefix = (size: number, head: number) => `raw(Buffer.from(Uint32Array.of(${size}, ${head}).buffer));`;

/** What no cell of ours does: each costs it its life, and convicts the run it executed. */
const BREACHES: Readonly<Record<string, string>> = {
  'a frame of 4 GiB': prefix(2 ** 32 - 1, 10),
  'a frame of no size': prefix(0, 0),
  'a header larger than its frame': prefix(20, 100),
  'a header of 1 MiB': prefix(2 * MIB, MIB),
  'a header that is not JSON': `${prefix(14, 10)} raw('x'.repeat(10));`,
  'a header that is null': `${prefix(8, 4)} raw('null');`,
  'a header nested 100,000 deep': `const h = '['.repeat(1e5); ${prefix(1e5 + 4, 1e5)} raw(h);`,
  'a frame of an unknown type': `send({ type: 'constructor', run });`,
  'a second hello': `send({ type: 'ready', wire: 3 });`,
  'a turn of another run': `send({ type: 'turn', run: 'run-0', state: 'parked', usage });`,
  'a turn of a run with a strange id': `send({ type: 'turn', run: [[run]], state: 'parked', usage });`,
  'words of another run': `send({ type: 'said', run: 'run-0', kind: 'log' }, '{"level":"info","text":"x"}');`,
  'a turn that used nothing': `send({ type: 'turn', run, state: 'parked' });`,
  'a turn that used text': `send({ type: 'turn', run, state: 'parked', usage: { ...usage, cpuMs: '1' } });`,
  'a turn that used null': `send({ type: 'turn', run, state: 'parked', usage: { ...usage, cpuMs: NaN } });`,
  'a turn that used less than nothing': `send({ type: 'turn', run, state: 'parked', usage: { ...usage, cpuMs: -1e9 } });`,
  'a turn that used 1e300 ms': `send({ type: 'turn', run, state: 'parked', usage: { ...usage, cpuMs: 1e300 } });`,
  'a turn that ends in no known way': turn(`state: '__proto__'`),
  'a turn nobody dropped': turn(`state: 'dropped'`),
  'an output that is not JSON': turn(`state: 'done', outputBytes: 3`, `'{x}'`),
  'an output that is text': turn(`state: 'done', outputBytes: 3`, `'"x"'`),
  'an output that is a list': turn(`state: 'done', outputBytes: 2`, `'[]'`),
  'an output of no length': turn(`state: 'done'`, `'{}'`),
  'neither an output nor content': turn(`state: 'done', outputBytes: 0`, `'[]'`),
  'an output of negative length': turn(`state: 'done', outputBytes: -1`, `'{}'`),
  'an output longer than its frame': turn(`state: 'done', outputBytes: 100`, `'{}'`),
  'content that is not JSON': turn(`state: 'done', outputBytes: 2`, `'{}[x'`),
  'a log line that is not JSON': said('log', `'x'`),
  'a log line that is no text': said('log', `'{"level":"info","text":{"toString":1}}'`),
  'progress that is not JSON': said('progress', `'x'`),
  'progress beyond all': said('progress', `'{"ratio":5}'`),
  'words of no known kind': said('toString', `'{}'`),
  'a call without a number': said('call', `'{"id":"1","capability":"test.call","args":"null"}'`),
  'a call whose arguments are not JSON': said('call', `'{"id":1,"capability":"test.call","args":"x"}'`),
  'a call made twice': `${said('call', `'{"id":1,"capability":"time.sleep","args":"{}"}'`)} ${said('call', `'{"id":1,"capability":"time.sleep","args":"{}"}'`)}`,
  'more words than the budget': `for (let i = 0; i < 1002; i++) ${said('log', `'{"level":"info","text":"x"}'`)}`,
  'a word of 32 MiB': said('progress', `JSON.stringify({ ratio: 0, message: 'x'.repeat(${32 * MIB}) })`),
  'arguments beyond what may be in flight': `for (let id = 1; id < 5; id++) ${said('call', `JSON.stringify({ id, capability: 'test.call', args: JSON.stringify('x'.repeat(400_000)) })`)}`,
  'an end without an answer': 'process.exit(0);',
};

describe('a cell that a guest took over', () => {
  for (const [breach, deed] of Object.entries(BREACHES)) {
    // Proves jail.hostile-cell.
    it(`dies of ${breach}, and its run is convicted`, async () => {
      const { failure, convicted, bill } = await suffer(deed);
      assert.equal(failure.code, 'RUN_CRASHED');
      assert.equal(convicted, true);
      assert.ok(Number.isFinite(bill.cpuMs) && bill.cpuMs >= 0);
    });
  }

  it('cannot hold its run by asking for its version again and again', async () => {
    const { failure, convicted } = await suffer(turn(`state: 'unknown-version'`));
    assert.equal(failure.code, 'RUN_CRASHED');
    assert.equal(convicted, true);
  });

  it('is ended by the deadline when it says nothing, or never ends a frame', async () => {
    for (const deed of ['', `${prefix(MIB, 100)} raw('{');`, 'socket.pause();']) {
      const { failure, convicted } = await suffer(deed, { limits: { wallMs: 150 } });
      assert.equal(failure.code, 'LIMIT_WALL');
      assert.equal(convicted, true);
    }
  });

  it('cannot lie about its CPU time in one turn', async () => {
    const { failure, bill } = await suffer('burn(3000); done(run);', { limits: { cpuMs: 200, wallMs: 5000 } });
    assert.equal(failure.code, 'LIMIT_CPU');
    assert.ok(bill.cpuMs >= 200 && bill.cpuMs < 700, `${bill.cpuMs} ms`);
  });

  it('cannot lie about its CPU time in many short turns', async () => {
    const loop = `let id = 0;
      const next = () => { burn(4); id += 1; answers.push(next);
        ${said('call', `JSON.stringify({ id, capability: 'test.call', args: '{}' })`)} ${turn(`state: 'parked'`)} };
      next();`;
    const { failure, bill } = await suffer(loop, {
      limits: { cpuMs: 200, wallMs: 10_000, hostCalls: 10_000 },
      onNotice: (notice, reply) => {
        if (notice.type !== 'call') return;
        const { runId, attempt, call } = notice;
        const answer = { type: 'answer', ok: true, value: '1', sideEffect: false, clockMs: 0 } as const;
        reply({ runId, attempt, call: call.call, ...answer });
      },
    });
    assert.equal(failure.code, 'LIMIT_CPU');
    assert.ok(bill.cpuMs >= 180 && bill.cpuMs < 400, `${bill.cpuMs} ms`);
  });

  it('has its failure rebuilt: known codes, clipped texts, shallow data without __proto__', async () => {
    const failed = (failure: string) => turn(`state: 'failed', failure: ${failure}`);
    const forged = await suffer(
      failed(`{ code: 'HOST_STOPPING', kind: 'bug', fault: 'host', message: 'x'.repeat(100_000) }`),
    );
    assert.deepEqual(
      [forged.failure.code, forged.failure.kind, forged.failure.fault, forged.convicted],
      ['TOOL_THREW', 'invalid', 'tool', false],
    );
    assert.ok(forged.failure.message.length < 5000);

    const polluting = await suffer(
      failed(`{ code: 'TOOL_FAILED', message: 'x', data: JSON.parse('{"__proto__":{"a":1},"b":2}') }`),
    );
    assert.deepEqual(Object.getOwnPropertyNames(polluting.failure.data), ['b']);
    const deep = await suffer(
      failed(`{ code: 'TOOL_FAILED', message: 'x', data: { a: JSON.parse('['.repeat(5000) + ']'.repeat(5000)) } }`),
    );
    assert.deepEqual(deep.failure.data, { truncated: true });
    const strange = await suffer(failed('[1]'));
    assert.equal(strange.failure.code, 'TOOL_THREW');
  });

  it('has its content rebuilt', async () => {
    const content = (parts: string) => turn(`state: 'done', outputBytes: 2`, `'{}' + JSON.stringify(${parts})`);
    for (const parts of [
      '{}',
      '[null]',
      `[{ type: 'script', text: 'x' }]`,
      `[{ type: 'image', data: 'x', mimeType: 'image/png' }]`,
      `[{ type: 'image', data: '', mimeType: 'text' }]`,
      `[{ type: 'resource_link', uri: 'no uri', name: 'x' }]`,
      `[{ type: 'resource', resource: { uri: ' java\\tScript:x', text: 'x' } }]`,
      `Array.from({ length: 101 }, () => ({ type: 'text', text: '' }))`,
    ]) {
      assert.equal((await suffer(content(parts))).failure.code, 'CONTENT_INVALID', parts);
    }
    await using jail = await openFakeJail(content(`[{ type: 'text', text: 'x', _meta: { evil: 1 } }]`));
    const outcome = await jail.run(jobOf());
    assert.deepEqual(outcome.ok && outcome.content, [{ type: 'text', text: 'x' }]);
  });

  it('is refused an output over the limit before it is parsed', async () => {
    const { failure } = await suffer(turn(`state: 'done', outputBytes: 2000`, `'x'.repeat(2000)`), {
      limits: { outputBytes: 1000 },
    });
    assert.equal(failure.code, 'LIMIT_OUTPUT');
  });

  it('dies when it speaks while it has no run', async () => {
    await using jail = await openFakeJail(
      `done(run); setTimeout(() => send({ type: 'said', run, kind: 'log' }, '{}'), 50);`,
    );
    assert.deepEqual(outputOf(await jail.run(jobOf())), { good: true });
    await until(() => jail.stats.cellsKilled === 1);
    assert.deepEqual(outputOf(await jail.run(jobOf({ evil: false }))), { good: true });
  });

  it('takes a bounded share of the host’s memory, whether it floods or trickles', async () => {
    const flood = `const b = Buffer.alloc(${MIB}); const more = () => { while (raw(b)); socket.once('drain', more); };
      ${prefix(64 * MIB - 1, 100)} more();`;
    const trickle = `${prefix(64 * MIB - 1, 100)} const drop = () => { for (let i = 0; i < 100; i++) raw('x'); setImmediate(drop); }; drop();`;
    for (const deed of [flood, trickle]) {
      const before = process.memoryUsage().rss;
      let peak = 0;
      const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss - before)), 20);
      try {
        await suffer(deed, { limits: { wallMs: 1500, cpuMs: 5000 } });
      } finally {
        clearInterval(timer);
      }
      assert.ok(peak < 250 * MIB, `${Math.round(peak / MIB)} MiB`);
    }
  });
});

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 2000;
  while (!holds() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.ok(holds());
}
