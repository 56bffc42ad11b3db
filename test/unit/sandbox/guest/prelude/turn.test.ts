import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import ivm from 'isolated-vm';

import { compileTool, NOON, preludeScript, runScript, runTool, type GuestOptions } from './guest.ts';

const tool = (body: string): string => `export default { async run(input, host) { ${body} } };`;

async function failureCode(source: string, options: GuestOptions = {}): Promise<string | undefined> {
  const run = await runTool(source, options);
  const ends = run.posts.filter(([kind]) => kind === 'done' || kind === 'failed');
  assert.equal(ends.length, 1, JSON.stringify(run.posts));
  return run.failure?.code;
}

describe('turn start', () => {
  it('posts the content, then the output as it is', async () => {
    const run = await runTool(tool(`host.content.text('a'); return { b: input.a, c: undefined };`), {
      input: { a: [1] },
    });
    assert.deepEqual(run.posts, [
      ['content', '[{"type":"text","text":"a"}]'],
      ['done', '{"b":[1]}'],
    ]);
  });

  it('takes a synchronous run, a thenable result and toJSON as JavaScript does', async () => {
    assert.deepEqual((await runTool(`export default { run: () => ({ a: 1 }) };`)).output, { a: 1 });
    assert.deepEqual(
      (await runTool(tool(`return { then(resolve) { resolve({ a: 2 }); resolve({ a: 3 }); } };`))).output,
      { a: 2 },
    );
    assert.deepEqual((await runTool(tool(`return { toJSON: () => ({ a: 4 }) };`))).output, { a: 4 });
  });

  it('writes lone surrogates as escapes', async () => {
    const run = await runTool(tool(`return { a: '\\ud800' };`));
    assert.equal(run.posts.at(-1)?.[1], '{"a":"\\ud800"}');
  });

  it('posts null for the output of a tool that gives content alone', async () => {
    const run = await runTool(tool(`host.content.text('a');`));
    assert.deepEqual(run.posts, [
      ['content', '[{"type":"text","text":"a"}]'],
      ['done', 'null'],
    ]);
    const full = await runTool(tool(`host.content.text('a');`), { outputBytes: 29 });
    assert.equal(full.failure?.code, undefined);
  });

  it('takes no null for nothing, content or not', async () => {
    assert.equal(await failureCode(tool(`host.content.text('a'); return null;`)), 'TOOL_INVALID');
  });

  const invalid: readonly (readonly [title: string, source: string])[] = [
    ['no default export', 'export const a = 1;'],
    ['a default export that is no object', 'export default 7;'],
    ['no run', 'export default { input: {} };'],
    ['a run that is no function', 'export default { run: {} };'],
    ['a result of undefined', tool('')],
    ['a result of null', tool('return null;')],
    ['a result that is a list', tool('return [{}];')],
    ['a result that is text', tool(`return '{}';`)],
    ['a result that toJSON makes text', tool(`return { toJSON: () => '{' };`)],
    ['a bigint in the result', tool('return { a: 1n };')],
    ['a cycle in the result', tool('const a = {}; a.a = a; return a;')],
    ['a result whose getter throws', tool('return { get a() { throw 1; } };')],
  ];
  for (const [title, source] of invalid) {
    it(`fails with TOOL_INVALID for ${title}`, async () => {
      assert.equal(await failureCode(source), 'TOOL_INVALID');
    });
  }

  const thrown: readonly (readonly [title: string, source: string])[] = [
    ['throws undefined', tool('throw undefined;')],
    ['throws a symbol', tool('throw Symbol("x");')],
    ['throws a null-prototype object', tool('throw Object.create(null);')],
    ['throws while it is evaluated', 'throw new Error("x"); export default {};'],
    ['throws a hostile proxy', tool('throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; } });')],
    ['throws a revoked proxy', tool('const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); throw proxy;')],
    ['overflows the stack', tool('const f = () => f() + 1; return { a: f() };')],
    ['throws what pretends to be a coded error', tool(`throw { code: 'LIMIT_CPU', kind: 'timeout', message: 'x' };`)],
    ['rejects with a promise', tool('throw Promise.resolve(1);')],
    ['resolves to what throws in then', tool('return { then() { throw new Error("x"); } };')],
    ['has a throwing getter for run', 'export default { get run() { throw new Error("x"); } };'],
  ];
  for (const [title, source] of thrown) {
    it(`fails with TOOL_THREW when the tool ${title}`, async () => {
      assert.equal(await failureCode(source), 'TOOL_THREW');
    });
  }

  it('names the error and its positions in the tool', async () => {
    const { failure } = await runTool(tool(`const inner = () => { throw new RangeError('far'); }; inner();`));
    assert.equal(failure?.message, 'RangeError: far');
    assert.equal(failure.data?.['name'], 'RangeError');
    const stack = String(failure.data?.['stack']).split('\n');
    assert.equal(stack.length, 2);
    for (const line of stack) assert.match(line, /^at .*glovebox:tool:\d+:\d+\)$/);
  });

  it('clips what a thrown value says, and asks once', async () => {
    const { failure } = await runTool(
      tool(
        `let n = 0; throw { get name() { return 'n'.repeat(5000) + n++; }, get message() { return 'm'.repeat(900_000); }, stack: 'at x\\n'.repeat(1000) };`,
      ),
    );
    assert.ok(JSON.stringify(failure).length < 5000);
    assert.equal(failure?.data?.['stack'], '');
  });

  it('does not touch a rope that would be huge when flat', async () => {
    const { failure } = await runTool(tool(`let s = 'x'; for (let i = 0; i < 28; i++) s += s; throw new Error(s);`));
    assert.equal(failure?.code, 'TOOL_THREW');
    assert.ok((failure.message.length ?? 0) < 200);
  });

  it('fails with the code of host.fail, and keeps its data', async () => {
    const { failure } = await runTool(tool(`host.fail('no such customer', { id: 7 });`));
    assert.deepEqual(failure, { code: 'TOOL_FAILED', message: 'no such customer', data: { id: 7 } });
  });

  it('reports a host error that a tool caught and threw again, whatever the tool wrote on it', async () => {
    assert.equal(
      await failureCode(tool(`try { host.fail('x'); } catch (e) { e.message = 'y'; e.name = 'z'; throw e; }`)),
      'TOOL_FAILED',
    );
  });
});

describe('turn start, near the output limit', () => {
  const limited = { outputBytes: 100 };

  it('fails with LIMIT_OUTPUT above it, counting bytes', async () => {
    assert.equal(await failureCode(tool(`return { a: 'x'.repeat(92) };`), limited), undefined);
    assert.equal(await failureCode(tool(`return { a: 'x'.repeat(93) };`), limited), 'LIMIT_OUTPUT');
    assert.equal(await failureCode(tool(`return { a: 'é'.repeat(46) };`), limited), undefined);
    assert.equal(await failureCode(tool(`return { a: 'é'.repeat(47) };`), limited), 'LIMIT_OUTPUT');
    assert.equal(await failureCode(tool(`return { a: '😀'.repeat(23) };`), limited), undefined);
    assert.equal(await failureCode(tool(`return { a: '😀'.repeat(23) + 'x' };`), limited), 'LIMIT_OUTPUT');
  });

  it('counts content too, when it is added and at the end', async () => {
    assert.equal(await failureCode(tool(`host.content.text('x'.repeat(80)); return {};`), limited), 'LIMIT_OUTPUT');
    const source = tool(`host.content.text('x'.repeat(40)); return { a: 'x'.repeat(40) };`);
    assert.equal(await failureCode(source, limited), 'LIMIT_OUTPUT');
    assert.equal(await failureCode(tool(`host.content.text('x'.repeat(40)); return {};`), limited), undefined);
  });
});

describe('the end of a run', () => {
  it('is the last post, whatever the tool does later', async () => {
    const run = await runTool(
      tool(`const later = async () => { await null; await null; await null; host.log('late'); host.progress(1);
        host.sleep(1).catch(() => {}); console.log('later'); }; later(); later(); return { a: 1 };`),
      { logBytes: 1000 },
    );
    assert.equal(run.posts.at(-1)?.[0], 'done');
  });

  it('is mute while a thrown value is read', async () => {
    const run = await runTool(
      tool(`throw { get message() { host.log('reading'); console.log('reading'); return 'm'; } };`),
    );
    assert.deepEqual(
      run.posts.map(([kind]) => kind),
      ['failed'],
    );
  });

  it('keeps content that toJSON adds', async () => {
    const run = await runTool(tool(`return { toJSON() { host.content.text('late'); return {}; } };`));
    assert.equal(run.content.length, 1);
  });
});

describe('turn answer', () => {
  it('resolves calls in any order, and moves the clock', async () => {
    const run = await runTool(
      tool(`const before = Date.now(); const [a, b] = await Promise.all([host.call('kv.read', { n: 1 }), host.call('kv.read', { n: 2 })]);
        return { a, b, moved: Date.now() - before };`),
      {
        grants: ['kv.read'],
        answer: (_capability, args) => ({ text: JSON.stringify({ got: args }), clockMs: NOON + 250 }),
      },
    );
    assert.deepEqual(run.output, { a: { got: { n: 1 } }, b: { got: { n: 2 } }, moved: 250 });
  });

  it('rejects with the code of the host, which ends the run when nobody catches it', async () => {
    const options: GuestOptions = {
      grants: ['kv.read'],
      answer: () => ({ ok: false, text: '{"code":"KV_FULL","message":"full"}' }),
    };
    const caught = await runTool(
      tool(`try { await host.call('kv.read'); } catch (e) { return { c: e.code, m: e.message }; }`),
      options,
    );
    assert.deepEqual(caught.output, { c: 'KV_FULL', m: 'full' });
    const { failure } = await runTool(tool(`await host.call('kv.read'); return {};`), options);
    assert.deepEqual(failure, { code: 'KV_FULL', message: 'full' });
  });
});

describe('turn describe', () => {
  it('posts the schemas a definition carries, without running it', async () => {
    const run = await runTool(
      `export default { input: { type: 'object' }, output: { type: 'object', required: ['a'] }, run() { throw 1; } };`,
      { op: 'describe', hostCalls: 0, logBytes: 0 },
    );
    assert.deepEqual(
      run.posts.map(([kind]) => kind),
      ['described'],
    );
    assert.deepEqual(run.output, { input: { type: 'object' }, output: { type: 'object', required: ['a'] } });
  });

  it('posts nothing but an empty object when it carries none', async () => {
    assert.deepEqual((await runTool(`export default { run() {} };`, { op: 'describe' })).output, {});
  });

  it('fails for a definition it cannot read', async () => {
    const describeTool = (source: string, options: GuestOptions = {}): Promise<string | undefined> =>
      failureCode(source, { op: 'describe', ...options });
    assert.equal(await describeTool('throw 1;'), 'TOOL_THREW');
    assert.equal(await describeTool('export default {};'), 'TOOL_INVALID');
    assert.equal(await describeTool('export default { run() {}, input: { a: 1n } };'), 'TOOL_INVALID');
    assert.equal(
      await describeTool(`export default { run() {}, input: { a: 'x'.repeat(1000) } };`, { outputBytes: 1000 }),
      'LIMIT_OUTPUT',
    );
  });
});

describe('a context', () => {
  it('takes one run only', async () => {
    using isolate = disposable(new ivm.Isolate());
    const context = await isolate.value.createContext();
    const turn = await (await isolate.value.compileScript(preludeScript)).run(context, { reference: true });
    const config = JSON.stringify({
      clockMs: 0,
      seed: '0'.repeat(32),
      context: '{}',
      grants: [],
      outputBytes: 9,
      logBytes: 0,
      hostCalls: 0,
    });
    const factory = await context.eval('() => ({})', { reference: true });
    const post = new ivm.Callback(() => undefined, { ignored: true });
    const describeOnce = (): Promise<unknown> => turn.apply(undefined, ['describe', post, config, factory.derefInto()]);
    await describeOnce();
    await assert.rejects(describeOnce, /PRELUDE_FAILED/);
  });

  it('gives the same run twice', async () => {
    const script = await compileTool(
      tool(`console.log(Math.random()); return { at: Date(), random: [Math.random(), Math.random()] };`),
    );
    assert.deepEqual(await runScript(script), await runScript(script));
    assert.notDeepEqual((await runScript(script, { seed: 'f'.repeat(32) })).output, (await runScript(script)).output);
  });
});

function disposable(value: ivm.Isolate): Disposable & { readonly value: ivm.Isolate } {
  return { value, [Symbol.dispose]: () => value.dispose() };
}
