// Recorded runs, done again through the real jail: tools of every kind, whatever they came to, prompts and resources.

import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { ENGINE, engineIn } from '#sandbox';
import { LOCAL_PRINCIPAL as principal } from '#host/base';
import { createReplayer, type Divergence, type Replay } from '#host/calling';
import { createCapabilities } from '#host/capabilities';
import type { RunRecord } from '#host/ledger';
import type { ProfilePolicy } from '#host/traffic';
import { ABLE, accept, asked, openStage, outputOf, type Stage, type ToolExtras } from '../fixtures/calling/stage.ts';

const GRANTS = { grants: { 'client.ask': true } } as const;
const ASK = `await host.ask({ key: 'who', message: 'Who?', schema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] } })`;
const BRIEF: ToolExtras = { limits: { cpuMs: 200 } };
const SHORT: ToolExtras = { limits: { wallMs: 300 } };

/** Name → the code it ends with, and the body of its tool. Each is called once, with `{"n":1}`. */
const ENDINGS: Readonly<Record<string, readonly [code: string, body: string, extras?: ToolExtras]>> = {
  output: ['ok', `return { drawn: [Math.random(), Math.random()], now: Date.now(), n: input.n };`],
  content: [
    'ok',
    `host.content.text('grüße 🧤 ' + Math.random()); host.content.image({ data: 'AAAA', mimeType: 'image/png' });`,
  ],
  log: [
    'ok',
    `for (let i = 0; i < 5; i += 1) host.log('info', 'line ' + i + ' ' + Math.random()); host.log('warn', '\\ud800'); return {};`,
  ],
  sleep: [
    'ok',
    `const before = Date.now(); await Promise.all([host.sleep(30), host.sleep(20)]); return { slept: Date.now() - before };`,
  ],
  exception: [
    'TOOL_THREW',
    `const f = (n) => { if (n === 0) throw new TypeError('deep ' + Math.random()); f(n - 1); }; f(3);`,
  ],
  refusal: ['TOOL_FAILED', `host.log('info', 'before'); host.fail('no ' + Math.random());`],
  invalid_output: ['TOOL_INVALID', `return 1;`],
  unasked: ['ok', `void host.sleep(100000); return { first: true };`],
  missing_grant: ['GRANT_MISSING', `${ASK}; return {};`],
  never_settles: ['TOOL_NEVER_SETTLES', `await new Promise(() => undefined);`],
  cpu: ['LIMIT_CPU', `for (let i = 0; ; i += 1) if (i % 1e5 === 0) host.log('debug', String(i));`, BRIEF],
  wall: ['LIMIT_WALL', `await host.sleep(20); await host.sleep(60000); return {};`, SHORT],
  heap: [
    'LIMIT_HEAP',
    `const all = []; for (;;) all.push(new Array(1e5).fill(all.length));`,
    { limits: { heapBytes: 16 * 2 ** 20 } },
  ],
  abort: ['RUN_CRASHED', `Array.prototype.sort.call({ length: 2 ** 53 - 1 });`, BRIEF],
};

let stage: Stage;
before(async () => {
  stage = await openStage();
});
after(() => stage[Symbol.asyncDispose]());

async function newest(tool: string): Promise<RunRecord> {
  const record = (await stage.runs(tool)).at(-1);
  assert.ok(record);
  return record;
}

async function replay(tool: string): Promise<Replay> {
  return stage.replayer.replay(principal, (await newest(tool)).runId);
}

const NOBODY_FAST: ProfilePolicy = { fastTenants: [] };
const LOCAL_FAST: ProfilePolicy = { fastTenants: [principal.tenant] };

/** Replays a run whose record says something else than it did. */
async function replayOther(record: RunRecord, change: Partial<RunRecord>, profiles = NOBODY_FAST): Promise<Replay> {
  const { sandbox, registry } = stage;
  const never = (): never => assert.fail('a replay changes nothing');
  const capabilities = createCapabilities({ setShown: never, announceUpdate: never });
  const getRun = async (): Promise<RunRecord> => ({ ...record, ...change });
  const ledger = { runs: async () => [], getRun };
  return createReplayer({ sandbox, registry, capabilities, profiles, ledger }).replay(principal, record.runId);
}

async function divergenceOf(record: RunRecord, change: Partial<RunRecord>): Promise<Divergence> {
  const replayed = await replayOther(record, change);
  assert.ok(replayed.verdict === 'diverged', replayed.verdict);
  return replayed.divergence;
}

describe('a replay', () => {
  for (const [ending, [code, body, extras]] of Object.entries(ENDINGS)) {
    // Proves replay.identical.
    it(`is identical for a run that ends with ${code}: ${ending}`, async () => {
      await stage.make(ending, body, extras);
      await stage.caller.call({ principal, tool: ending, input: { n: 1 } });
      const { runId, tool, version, startedAt, verdict, failure } = await newest(ending);
      assert.equal(failure === undefined ? verdict : failure.code, code);
      assert.deepEqual(await replay(ending), { runId, tool, version, startedAt, verdict: 'identical' });
    });
  }

  it('is identical for each run of a conversation, sleeps and answers in between', async () => {
    const body = `host.log('info', 'begun'); await host.sleep(5); const { content } = ${ASK}; host.log('info', 'for ' + content.name); await host.sleep(5);
      return { name: content.name, at: Date.now(), drawn: Math.random() };`;
    await stage.make('talks', body, GRANTS);
    const call = { principal, tool: 'talks', input: {}, client: ABLE };
    const { state } = asked(await stage.caller.converse(call));
    outputOf(await stage.caller.converse({ ...call, state, answers: { who: accept({ name: 'Ada' }) } }));
    const runs = await stage.runs('talks');
    assert.deepEqual(
      runs.map(({ verdict, waiting }) => [verdict, waiting?.[0]?.capability]),
      [
        ['suspended', 'client.ask'],
        ['ok', undefined],
      ],
    );
    for (const { runId } of runs) {
      assert.equal((await stage.replayer.replay(principal, runId)).verdict, 'identical');
    }
  });

  it('is identical for prompts and resources, while their folder is mounted', async () => {
    const folder = join(stage.home, 'mounted');
    const files = {
      'prompts/greet.json': '{"name":"greet","description":"Greets"}',
      'prompts/greet.ts': `import { definePrompt } from 'glovebox';\nexport default definePrompt({ run: () => 'hello ' + Math.random() });`,
      'resources/note.json': '{"name":"note","description":"A note","uri":"notes://one"}',
      'resources/note.ts': `import { defineResource } from 'glovebox';\nexport default defineResource({ read: () => String(Date.now()) });`,
    };
    for (const [path, content] of Object.entries(files)) {
      await mkdir(join(folder, path, '..'), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    const mount = await stage.maker.mount({ principal, folder });
    {
      using _mounted = stage.registry.mount(principal, mount);
      await stage.caller.getPrompt({ principal, prompt: 'greet', args: {}, client: ABLE });
      await stage.caller.readResource({ principal, uri: 'notes://one', client: ABLE });
      for (const tool of ['prompt:greet', 'resource:note']) assert.equal((await replay(tool)).verdict, 'identical');
    }
    await assert.rejects(replay('prompt:greet'), { code: 'VERSION_NOT_FOUND' });
  });

  it('compares what was too large to keep by its digest', async () => {
    await stage.make('large', `host.content.text('y'.repeat(70000)); return { text: 'x'.repeat(70000) };`);
    await stage.caller.call({ principal, tool: 'large', input: {} });
    const record = await newest('large');
    assert.deepEqual([record.output, record.content], [undefined, undefined]);
    assert.equal((await replay('large')).verdict, 'identical');
    const { part, recorded } = await divergenceOf(record, { outputDigest: 'aa' });
    assert.deepEqual([part, recorded], ['output', 'aa']);
  });

  // Proves replay.divergence.
  it('names the first part that differs, and where', async () => {
    await stage.make(
      'plain',
      `host.log('info', 'one'); host.log('info', 'two'); host.content.text('hi'); return { value: 1 };`,
    );
    await stage.caller.call({ principal, tool: 'plain', input: {} });
    const record = await newest('plain');
    const [one = { level: 'info', text: '' }] = record.logs;
    const failure = { code: 'TOOL_FAILED', kind: 'invalid', fault: 'tool', message: 'no' } as const;
    const cases = [
      [
        { verdict: 'failed', failure },
        { part: 'verdict', offset: 0, recorded: 'failed: TOOL_FAILED', replayed: 'ok' },
      ],
      [
        { logs: [one, { level: 'info', text: 'tWo' }] },
        { part: 'log', line: 2, offset: 7, recorded: 'info: tWo', replayed: 'info: two' },
      ],
      [{ logs: [one] }, { part: 'log', line: 2, offset: 0, recorded: '(nothing)', replayed: 'info: two' }],
      [{ output: '{"value":2}' }, { part: 'output', offset: 9, recorded: '{"value":2}', replayed: '{"value":1}' }],
      [
        { output: `{"value":${'1'.repeat(200)}}` },
        { part: 'output', offset: 10, recorded: `{"value":${'1'.repeat(61)}…`, replayed: '{"value":1}' },
      ],
      [
        { content: [{ type: 'text', text: 'ho' }] },
        {
          part: 'content',
          offset: 25,
          recorded: '[{"type":"text","text":"ho"}]',
          replayed: '[{"type":"text","text":"hi"}]',
        },
      ],
    ] as const satisfies readonly (readonly [Partial<RunRecord>, Divergence])[];
    for (const [change, divergence] of cases) assert.deepEqual(await divergenceOf(record, change), divergence);
    assert.equal((await divergenceOf(await newest('exception'), { seed: 'f'.repeat(32) })).part, 'failure');
  });

  it('tells another answer, another question and another clock', async () => {
    const [suspended, ended] = await stage.runs('talks');
    assert.ok(suspended && ended);
    const [sleep, answer] = ended.journal ?? [];
    assert.ok(sleep && answer);
    const asks = { capability: 'client.ask', args: '{}' };
    assert.equal((await divergenceOf(suspended, { waiting: [{ call: 2, ...asks }] })).part, 'waiting');
    const { recorded, replayed } = await divergenceOf(ended, { journal: [{ ...sleep, ...asks }, answer] });
    assert.deepEqual([recorded, replayed], ['ok', 'failed: RUN_DIVERGED']);
    // Without its last sleep it would have had to wait.
    const cut = await divergenceOf(ended, { journal: [sleep, answer] });
    assert.deepEqual([cut.recorded, cut.replayed], ['ok', 'suspended']);
  });

  it('warns with ENGINE_DIFFERS of another engine', async () => {
    const { warning, verdict } = await replayOther(await newest('output'), { engine: 'node 1' });
    assert.deepEqual(
      [verdict, warning?.code, warning?.data],
      ['identical', 'ENGINE_DIFFERS', { recorded: 'node 1', replayed: ENGINE }],
    );
  });

  // Proves calling.profile-recorded.
  it('is run in the recorded profile, as long as that is allowed', async () => {
    await stage.make('sums', 'let sum = 0; for (let i = 0; i < 1e6; i += 1) sum = (sum * 31 + i) | 0; return { sum };');
    const result = await stage.createCaller({ profiles: LOCAL_FAST }).call({ principal, tool: 'sums', input: {} });
    assert.equal(result.profile, 'fast');
    const record = await newest('sums');
    const fast = engineIn('fast');
    assert.equal(record.engine, fast);
    const allowed = await replayOther(record, {}, LOCAL_FAST);
    assert.deepEqual([allowed.verdict, allowed.warning], ['identical', undefined]);
    const { verdict, warning } = await replayOther(record, {});
    assert.deepEqual(
      [verdict, warning?.code, warning?.data],
      ['identical', 'ENGINE_DIFFERS', { recorded: fast, replayed: ENGINE }],
    );
    const strict = await replayOther(record, { engine: ENGINE }, LOCAL_FAST);
    assert.deepEqual([strict.verdict, strict.warning], ['identical', undefined]);
  });

  // Proves replay.no-way-out.
  it('waits for nothing, writes nothing down, and convicts nobody', async () => {
    await stage.make('waits', `await host.sleep(2000); return {};`);
    await stage.caller.call({ principal, tool: 'waits', input: {} });
    const began = performance.now();
    assert.equal((await replay('waits')).verdict, 'identical');
    assert.ok(performance.now() - began < 1500);
    for (let time = 0; time < 4; time += 1) assert.equal((await replay('cpu')).verdict, 'identical');
    assert.equal((await stage.runs('cpu')).length, 1);
    const { digest } = await newest('cpu');
    await stage.quarantine.assertFree(principal.tenant, 'cpu', digest);
  });

  // Proves replay.impossible.
  it('is refused with a reason where the record is not enough', async () => {
    const record = await newest('output');
    const { input: _, ...withoutInput } = record;
    const cancelled = { code: 'RUN_CANCELLED', kind: 'invalid', fault: 'caller', message: '' } as const;
    const reasons = [
      [{ ...record, format: 3 }, 'newer-format'],
      [{ ...record, format: 1 }, 'older-format'],
      [withoutInput, 'input-not-kept'],
      [{ ...record, bytes: 'redacted' }, 'bytes-not-kept'],
      [{ ...withoutInput, bytes: 'digest' }, 'bytes-not-kept'],
      [{ ...record, journalDigest: 'aa' }, 'answers-not-kept'],
      [{ ...record, verdict: 'suspended' }, 'answers-not-kept'],
      [{ ...record, verdict: 'failed', failure: cancelled }, 'ended-from-outside'],
    ] as const;
    for (const [changed, reason] of reasons) {
      const { runId } = record;
      await assert.rejects(replayOther(changed, {}), { code: 'REPLAY_IMPOSSIBLE', data: { runId, reason } }, reason);
    }
    await assert.rejects(stage.replayer.replay(principal, 'run_none'), { code: 'RUN_NOT_FOUND' });
  });

  it('is refused with VERSION_NOT_FOUND when the version was removed, or its name means another', async () => {
    await stage.make('gone', 'return {};');
    await stage.caller.call({ principal, tool: 'gone', input: {} });
    assert.equal((await replay('gone')).verdict, 'identical');
    await assert.rejects(replayOther(await newest('gone'), { digest: 'dd' }), { code: 'VERSION_NOT_FOUND' });
    await stage.registry.remove(principal, 'gone');
    await assert.rejects(replay('gone'), { code: 'VERSION_NOT_FOUND' });
  });

  it('stops when it is told to', async () => {
    const { runId } = await newest('output');
    const stopped = AbortSignal.abort();
    await assert.rejects(stage.replayer.replay(principal, runId, stopped), { code: 'RUN_CANCELLED' });
    await assert.rejects(Array.fromAsync(stage.replayer.replayAll({ principal, signal: stopped })), {
      code: 'RUN_CANCELLED',
    });
  });
});

describe('many replays', () => {
  // Proves replay.all.
  it('are of every run of a tool or a span of time, newest first, and say why one is impossible', async () => {
    await stage.make('many', 'return { drawn: Math.random(), n: input.n };');
    const runIds: string[] = [];
    for (let n = 0; n < 45; n += 1) {
      const { runId } = await stage.caller.call({ principal, tool: 'many', input: { n } });
      runIds.push(runId);
    }
    const all = await Array.fromAsync(stage.replayer.replayAll({ principal, tool: 'many' }));
    assert.deepEqual(
      all.map(({ runId, verdict }) => [runId, verdict]),
      runIds
        .toSorted()
        .toReversed()
        .map((runId) => [runId, 'identical']),
    );
    const since = all[9]?.startedAt ?? 0;
    const recent = await Array.fromAsync(stage.replayer.replayAll({ principal, tool: 'many', since }));
    assert.ok(recent.length >= 10 && recent.length < 45);
    const [gone] = await Array.fromAsync(stage.replayer.replayAll({ principal, tool: 'gone' }));
    assert.equal(gone?.verdict === 'impossible' && gone.failure.code, 'VERSION_NOT_FOUND');
  });
});
