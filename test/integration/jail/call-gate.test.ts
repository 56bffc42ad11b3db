// The gate between runs and the host's capabilities, tried by tools and by cells that a guest took over.

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import { CodedError, createSandbox, DEFAULT_LIMITS, sandboxFailure, type HostCall, type RunEvents } from '#sandbox';
import { Dispatcher } from '../../../sandbox/dispatcher.ts';
import type { FromLane } from '../../../sandbox/lane/messages.ts';
import { fakePrograms } from '../../fixtures/jail/fake-cell.ts';
import { codeOf, outputOf, run, toolOf } from '../../fixtures/jail/tools.ts';

const sandbox = createSandbox({ lanes: 1 });
after(() => sandbox[Symbol.asyncDispose]());

/** Events that answer every call with null and keep what was asked. */
function listen(): { readonly events: RunEvents; readonly asked: HostCall[] } {
  const asked: HostCall[] = [];
  const hostCall: RunEvents['hostCall'] = async (call) => {
    asked.push(call);
    return { value: 'null', sideEffect: false };
  };
  return { events: { hostCall }, asked };
}

// Proves jail.call-gate.
describe('a call of a tool', () => {
  it('with keys that reach further than their object is refused before the host hears of it', async () => {
    const { events, asked } = listen();
    const tool = toolOf(
      'keys',
      `const seen = [];
       for (const args of [JSON.parse('{"__proto__":{"a":1}}'), { a: [{ constructor: 1 }] }, { prototype: 1 }, { fine: 1 }])
         try { await host.call('kv.read', args); seen.push('asked'); } catch (e) { seen.push(e.code); }
       return { seen };`,
    );
    const outcome = await run(sandbox, tool, { grants: ['kv.read'], events });
    assert.deepEqual(outputOf(outcome), { seen: ['CALL_INVALID', 'CALL_INVALID', 'CALL_INVALID', 'asked'] });
    assert.deepEqual(
      asked.map(({ args }) => args),
      ['{"fine":1}'],
    );
    const uncaught = toolOf('uncaught', `await host.call('kv.read', { prototype: 1 }); return {};`);
    assert.equal(codeOf(await run(sandbox, uncaught, { grants: ['kv.read'], events })), 'CALL_INVALID');
  });

  it('is refused past the budget of its capability, and others are not', async () => {
    const { events, asked } = listen();
    const tool = toolOf(
      'budget',
      `let refused; for (let i = 0; i < 17; i += 1) await host.call('client.roots').catch((e) => { refused = e.code; });
       await host.call('kv.read'); return { refused };`,
    );
    const outcome = await run(sandbox, tool, { grants: ['client.roots', 'kv.read'], events });
    assert.deepEqual(outputOf(outcome), { refused: 'LIMIT_HOST_CALLS' });
    assert.equal(asked.length, 17);
    assert.equal(asked.at(-1)?.capability, 'kv.read');
  });

  it('is refused while 256 others are unanswered, as the tool sees it', async () => {
    const { events, asked } = listen();
    const tool = toolOf(
      'pending',
      `const ends = await Promise.allSettled(Array.from({ length: 300 }, () => host.call('kv.read')));
       return { refused: ends.filter(({ reason }) => reason?.code === 'LIMIT_HOST_CALLS').length };`,
    );
    assert.deepEqual(outputOf(await run(sandbox, tool, { grants: ['kv.read'], events })), { refused: 44 });
    assert.equal(asked.length, 256);
  });

  for (const [end, body] of Object.entries({
    'its deadline ends the run': `await host.call('kv.read'); return {};`,
    'its run ends without it': `host.call('kv.read'); await host.sleep(1); return {};`,
  })) {
    it(`is told to stop when ${end}`, { timeout: 10_000 }, async () => {
      const { promise: stopped, resolve } = Promise.withResolvers<void>();
      const hostCall: RunEvents['hostCall'] = (_call, signal) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
        return new Promise(() => {});
      };
      const tool = toolOf(`waits until ${end}`, body);
      await run(sandbox, tool, { grants: ['kv.read'], events: { hostCall }, limits: { wallMs: 150 } });
      await stopped;
    });
  }
});

// Proves jail.scrubbed.
describe('what crosses the wall', () => {
  it('towards a tool is a failure without stack, cause and paths of the host', async () => {
    const failure = sandboxFailure('POLICY_DENIED', `\x1b[2Jno: ${process.cwd()}/ledger.sqlite`, { a: 1 });
    const events: RunEvents = {
      hostCall: () => Promise.reject(new CodedError(failure, { cause: new Error('a secret') })),
    };
    const tool = toolOf(
      'caught',
      `try { await host.call('kv.read'); } catch (e) {
         return { own: Object.getOwnPropertyNames(e).sort(), code: e.code, message: e.message, stack: e.stack };
       }`,
    );
    const caught = outputOf(await run(sandbox, tool, { grants: ['kv.read'], events })) as Record<string, unknown>;
    assert.equal(caught['message'], '\\u{1b}[2Jno: <path>');
    assert.deepEqual(caught['own'], ['code', 'message', 'name', 'stack']);
    assert.doesNotMatch(String(caught['stack']), /secret|ledger|\.ts/);
  });

  it('out of a tool shows what would not show: in logs, progress and failures', async () => {
    const progress: unknown[] = [];
    const tool = toolOf(
      'hides',
      `host.log('a\\u202eb'); host.log({ x: '\\u200b' }); host.progress(0.5, '\\x1b[2J'); throw new Error('\\u{e0041}' + 'x'.repeat(5000));`,
    );
    const outcome = await run(sandbox, tool, { events: { progress: ({ message }) => progress.push(message) } });
    assert.ok(!outcome.ok);
    assert.deepEqual(
      outcome.logs.map(({ text }) => text),
      ['a\\u{202e}b', '{x: "\\u{200b}"}'],
    );
    assert.deepEqual(progress, ['\\u{1b}[2J']);
    assert.match(outcome.failure.message, /^Error: \\u\{e0041\}x+…$/);
    assert.ok(outcome.failure.message.length <= 4001);
  });
});

describe('a cell that a guest took over', () => {
  /** What the host hears, and how the run ends, of a cell that does this. */
  async function suffer(deed: string) {
    const programs = await fakePrograms(deed);
    await using jail = new Dispatcher({
      programs,
      lanes: 1,
      maxLanes: 1,
      maxQueued: 10,
      queueMs: 10_000,
      idleMs: 1000,
    });
    const heard: FromLane[] = [];
    const task = {
      runId: 'run',
      tenant: 'local',
      artifact: toolOf('any', ''),
      limits: { ...DEFAULT_LIMITS, wallMs: 1000 },
      input: '"evil"',
      seed: '',
      clockMs: 0,
      grants: ['client.ask'],
    };
    const outcome = await jail.run({ task, key: 'local/any', digest: 'any', onNotice: (notice) => heard.push(notice) });
    return { outcome, asked: heard.filter(({ type }) => type === 'call') };
  }

  const call = (id: number, capability: string, args: string) =>
    `send({ type: 'said', run, kind: 'call' }, ${JSON.stringify(JSON.stringify({ id, capability, args }))});`;
  const endOnAnswers = (count: number) =>
    `${`answers.push(() => send({ type: 'turn', run, state: 'parked', usage }));`.repeat(count - 1)} answers.push(() => done(run)); send({ type: 'turn', run, state: 'parked', usage });`;

  // Proves jail.call-gate.
  it('reaches no capability that was not granted, and none with what is refused', async () => {
    const { outcome, asked } = await suffer(
      `${call(1, 'kv.write', '{}')} ${call(2, 'client.ask', '{"__proto__":{}}')} ${call(3, 'client.ask', '['.repeat(70) + ']'.repeat(70))} ${endOnAnswers(3)}`,
    );
    assert.deepEqual(asked, []);
    assert.deepEqual(outputOf(outcome), { good: true });
    const codes = outcome.journal.map(({ value }) => (JSON.parse(value) as { readonly code: string }).code);
    assert.deepEqual(codes, ['GRANT_MISSING', 'CALL_INVALID', 'CALL_INVALID']);
  });

  it('is not asked for more than the budget of a capability', async () => {
    const flood = Array.from({ length: 100 }, (_, i) => call(i + 1, 'client.ask', '{}')).join('');
    const { asked } = await suffer(`${flood} send({ type: 'turn', run, state: 'parked', usage });`);
    assert.equal(asked.length, 16);
  });

  // Proves jail.scrubbed.
  it('has what it logs and how it fails scrubbed, and no stack but positions in the tool', async () => {
    const { outcome } = await suffer(`
      send({ type: 'said', run, kind: 'log' }, JSON.stringify({ level: 'info', text: '\\x1b[2J\\u202e' }));
      const stack = 'at /etc/passwd:1:1\\n    at f (glovebox:tool:1:2)\\nat \\x1b glovebox:tool:3:4';
      send({ type: 'turn', run, state: 'failed', usage, failure: { code: 'TOOL_THREW', message: '\\x07', data: { name: '\\u200b', stack } } });
    `);
    assert.ok(!outcome.ok);
    assert.deepEqual(outcome.logs, [{ level: 'info', text: '\\u{1b}[2J\\u{202e}' }]);
    assert.equal(outcome.failure.message, '\\u{7}');
    assert.deepEqual(outcome.failure.data, {
      name: '\\u{200b}',
      stack: '    at f (glovebox:tool:1:2)\nat \\u{1b} glovebox:tool:3:4',
    });
  });
});
