import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { evaluate, runTool } from '../guest.ts';

const tool = (body: string): string => `export default { async run(input, host) { ${body} } };`;

describe('the host object', () => {
  it('has what the types promise', async () => {
    assert.deepEqual(await evaluate(`Object.keys(host)`), [
      'context',
      'log',
      'progress',
      'content',
      'fail',
      'sleep',
      'call',
      'client',
      'background',
    ]);
    assert.equal(await evaluate(`Object.isFrozen(host) && Object.isFrozen(host.content)`), true);
  });

  it('gives the context, parsed once and frozen to its depths', async () => {
    const expression = `[host.context, host.context === host.context, Object.isFrozen(host.context.a[0])]`;
    assert.deepEqual(await evaluate(expression, { context: JSON.parse('{"a":[{"b":1}],"__proto__":{"c":1}}') }), [
      JSON.parse('{"a":[{"b":1}],"__proto__":{"c":1}}'),
      true,
      true,
    ]);
  });

  for (const [name, grant] of [
    ['ask', 'client.ask'],
    ['sample', 'client.sample'],
    ['roots', 'client.roots'],
    ['listing', 'listing.change'],
    ['updated', 'resource.notify'],
    ['fetch', 'net.fetch'],
    ['kv', 'kv.read'],
    ['secret', 'secret'],
    ['tools', 'tool.call'],
    ['media', 'media.image'],
  ] as const) {
    it(`names the grant that host.${name} lacks`, async () => {
      const { failure } = await runTool(tool(`return { a: host.${name} };`));
      assert.equal(failure?.code, 'GRANT_MISSING');
      assert.deepEqual(failure.data, { grant });
    });
  }

  it('has what was granted as its own, frozen', async () => {
    const grants = ['client.ask', 'client.sample', 'client.roots', 'listing.change', 'resource.notify'];
    const expression = `[Object.keys({ ...host }).slice(9), Object.isFrozen(host.listing)]`;
    assert.deepEqual(await evaluate(expression, { grants }), [['ask', 'sample', 'roots', 'listing', 'updated'], true]);
  });

  it('tells what the client can do, and cannot be told otherwise', async () => {
    const client = { ask: true, sample: false, roots: true, tasks: false };
    const expression = `[host.client, Object.isFrozen(host.client), Object.isFrozen(host)]`;
    assert.deepEqual(await evaluate(expression, { client }), [client, true, true]);
  });

  it('goes to the background where that was granted, and nowhere else', async () => {
    const body = tool(`return { got: await host.background() === undefined };`);
    const here = await runTool(body);
    assert.deepEqual([here.output, here.posts.some(([kind]) => kind === 'call')], [{ got: true }, false]);
    const there = await runTool(body, { grants: ['task.background'] });
    assert.deepEqual(there.posts[0], ['call', '{"id":1,"capability":"task.background","args":"null"}']);
    assert.deepEqual(there.output, { got: true });
  });

  it('shows, hides and tells of changes by calls', async () => {
    const calls: unknown[] = [];
    const run = await runTool(
      tool(`const before = [await host.listing.show('tools', 'a'), await host.listing.hide('prompts', 'b')];
        return { before, updated: (await host.updated('test://x')) === undefined };`),
      {
        grants: ['listing.change', 'resource.notify'],
        answer: (capability, args) => {
          calls.push([capability, args]);
          return { text: '{"shown":true}' };
        },
      },
    );
    assert.deepEqual(run.output, { before: [{ shown: true }, { shown: true }], updated: true });
    assert.deepEqual(calls, [
      ['listing.change', { topic: 'tools', name: 'a', shown: true }],
      ['listing.change', { topic: 'prompts', name: 'b', shown: false }],
      ['resource.notify', { uri: 'test://x' }],
    ]);
  });

  it('refuses to sleep for what is no time', async () => {
    const expression = `await Promise.all([NaN, -1, '5', Infinity].map((ms) => host.sleep(ms).catch((e) => e.name)))`;
    assert.deepEqual(await evaluate(expression), ['RangeError', 'RangeError', 'RangeError', 'RangeError']);
  });
});

describe('host.call', () => {
  it('carries its arguments as JSON text and returns the answer', async () => {
    const run = await runTool(tool(`return { got: await host.call('kv.read', { key: 'a' }) };`), {
      grants: ['kv.read'],
      answer: (capability, args) => ({ text: JSON.stringify([capability, args]) }),
    });
    assert.deepEqual(run.posts[0], ['call', '{"id":1,"capability":"kv.read","args":"{\\"key\\":\\"a\\"}"}']);
    assert.deepEqual(run.output, { got: ['kv.read', { key: 'a' }] });
  });

  it('rejects with LIMIT_HOST_CALLS past the budget, which log lines and progress use too', async () => {
    const run = await runTool(
      tool(
        `host.log('a'); host.progress(0.1); await host.sleep(1); return { code: await host.sleep(1).catch((e) => e.code) };`,
      ),
      { hostCalls: 3 },
    );
    assert.deepEqual(run.output, { code: 'LIMIT_HOST_CALLS' });
    assert.equal(run.posts.filter(([kind]) => kind === 'call').length, 1);
  });

  it('bounds what is unanswered at one time', async () => {
    const run = await runTool(
      tool(`const big = 'x'.repeat(600_000); const calls = [1, 2].map(() => host.call('kv.write', big).then(() => 'ok', (e) => e.code));
        return { first: await Promise.all(calls), later: await host.call('kv.write', big).then(() => 'ok') };`),
      { grants: ['kv.write'] },
    );
    assert.deepEqual(run.output, { first: ['ok', 'LIMIT_HOST_CALLS'], later: 'ok' });
  });
});

describe('host.progress', () => {
  it('sends only what grows, clamped to 1', async () => {
    const run = await runTool(
      tool(`for (const r of [-1, 0.2, 0.1, 0.2, 0.5, 7, 1]) host.progress(r, 'at ' + r); return {};`),
    );
    const sent = run.posts.filter(([kind]) => kind === 'progress').map(([, text]): unknown => JSON.parse(text));
    assert.deepEqual(sent, [
      { ratio: 0, message: 'at -1' },
      { ratio: 0.2, message: 'at 0.2' },
      { ratio: 0.5, message: 'at 0.5' },
      { ratio: 1, message: 'at 7' },
    ]);
  });

  it('sends at most 200 and drops the rest', async () => {
    const run = await runTool(tool(`for (let i = 0; i <= 1000; i++) host.progress(i / 1000); return {};`));
    assert.equal(run.posts.filter(([kind]) => kind === 'progress').length, 200);
  });

  it('throws for what is no number', async () => {
    assert.equal(
      await evaluate(`(() => { try { host.progress('half'); } catch (e) { return e.name; } })()`),
      'TypeError',
    );
  });
});

describe('host.fail', () => {
  it('bounds message and data', async () => {
    const { failure } = await runTool(tool(`host.fail('m'.repeat(1e5), { d: 'd'.repeat(1e5) });`));
    assert.ok(JSON.stringify(failure).length < 5000);
  });
});
