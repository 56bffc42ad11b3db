import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';

import { createSandbox, DEFAULT_LIMITS, type Grants, type Json, type Sandbox } from '#sandbox';
import type { ToolExample } from '#host/registry';
import { sha256 } from '#host/base';
import { probe } from '../../../../host/making/probe.ts';

// Proves making.examples-hold.
suite('probe', () => {
  let sandbox: Sandbox;
  let validators: string;
  before(async () => {
    sandbox = createSandbox({ lanes: 1 });
    ({ validators } = await sandbox.compileSchemas({
      tenant: 'local',
      inputSchema: '{"type":"object","properties":{"a":{"type":"number"}}}',
    }));
  });
  after(() => sandbox[Symbol.asyncDispose]());

  interface Run {
    readonly signal?: AbortSignal;
    readonly grants?: Grants;
  }

  function run(body: string, examples: readonly ToolExample[], { signal, grants = {} }: Run = {}): Promise<number> {
    const script = `var tool = { default: { async run(input, host) { ${body} } } };`;
    const artifact = { digest: sha256(script), tool: 'probed', script, validators, context: 'null' };
    const limits = { ...DEFAULT_LIMITS, cpuMs: 300, wallMs: 2000 };
    const request = { sandbox, tenant: 'local', makingId: 'mak_1', artifact, limits, profile: 'strict' } as const;
    return probe({ ...request, grants, examples, signal });
  }

  test('runs every example and says how many there were', async () => {
    assert.equal(await run('return { twice: 2 * input.a };', []), 0);
    const examples = [{ input: { a: 1 } }, { input: { a: 2 }, output: { twice: 4 } }];
    assert.equal(await run('return { twice: 2 * input.a };', examples), 2);
  });

  test('compares outputs as JSON: without order of keys, sign of zero or prototypes', async () => {
    const output = JSON.parse('{"a":-0,"b":{"__proto__":{"x":1},"c":[null]}}') as Json;
    await run('return JSON.parse(\'{"b":{"c":[null],"__proto__":{"x":1}},"a":0}\');', [{ input: {}, output }]);
  });

  test('names the first place where outputs part', async () => {
    const cases: [string, Json, string][] = [
      ['{ a: { b: [1, 2] } }', { a: { b: [1, 3] } }, 'at /a/b/1 it is 2, the example says 3'],
      ['{ a: [1] }', { a: { 0: 1 } }, 'at /a it is [1], the example says {"0":1}'],
      ['{ a: [1, 2] }', { a: [1] }, 'at /a/1 it is 2, the example says absent'],
      ['{}', { a: null }, 'at /a it is absent, the example says null'],
      ['{ a: 1 }', null, 'at / it is {"a":1}, the example says null'],
      ['JSON.parse(\'{"__proto__":1}\')', {}, 'at /__proto__ it is 1, the example says absent'],
    ];
    for (const [returned, output, difference] of cases) {
      const data = { example: 0, difference };
      await assert.rejects(run(`return ${returned};`, [{ input: {}, output }]), { code: 'EXAMPLE_FAILED', data });
    }
  });

  test('names the example that failed, the cause and its place', async () => {
    const body = 'if (input.a === 2) throw new TypeError("two"); return {};';
    await assert.rejects(
      run(body, [{ input: { a: 1 } }, { title: 'The second', input: { a: 2 } }]),
      (error: { code?: string; message?: string; data?: { cause?: string; example?: number; stack?: string } }) => {
        assert.deepEqual([error.code, error.data?.cause, error.data?.example], ['EXAMPLE_FAILED', 'TOOL_THREW', 1]);
        assert.match(error.message ?? '', /The second.*glovebox:tool:1:\d+/);
        return true;
      },
    );
  });

  test('blames the example for an input its own schema refuses', async () => {
    const data = { cause: 'INPUT_INVALID' };
    await assert.rejects(run('return {};', [{ input: { a: 'text' } }]), (error: { code?: string; data?: object }) => {
      assert.deepEqual([error.code, { ...error.data }], ['EXAMPLE_FAILED', { ...error.data, ...data }]);
      return true;
    });
  });

  test('has no example run past its limits', async () => {
    await assert.rejects(run('for (;;);', [{ input: {} }]), (error: { code?: string; data?: { cause?: string } }) => {
      assert.deepEqual([error.code, error.data?.cause], ['EXAMPLE_FAILED', 'LIMIT_CPU']);
      return true;
    });
  });

  test('runs at a fixed time and with a fixed seed', async () => {
    const clock = [{ input: {}, output: { now: Date.UTC(2026, 0, 15) } }];
    await run('return { now: Date.now() };', clock);
    // What it gave stands in the message.
    const gave = (): Promise<string> =>
      run('return { random: Math.random() };', [{ input: {}, output: {} }]).then(
        () => assert.fail(),
        (error: unknown) => (error as Error).message,
      );
    assert.equal(await gave(), await gave());
  });

  test('tells a cancelled probe from a failed example', async () => {
    const controller = new AbortController();
    const probing = run('await host.sleep(1500); return {};', [{ input: {} }], { signal: controller.signal });
    setTimeout(() => controller.abort(), 100);
    await assert.rejects(probing, { code: 'RUN_CANCELLED' });
  });

  test('has no example wait for a client, or change what others see', async () => {
    const grants = { 'client.ask': true, 'resource.notify': ['notes://a'] } as const;
    const schema = `{ type: 'object', properties: {} }`;
    for (const body of [
      `await host.ask({ message: 'Who?', schema: ${schema} });`,
      `await host.updated('notes://a');`,
    ]) {
      const data = { example: 0, cause: 'RUN_SUSPENDED' };
      const probing = run(`if (input.a === 1) ${body} return {};`, [{ input: { a: 1 } }], { grants });
      await assert.rejects(probing, { code: 'EXAMPLE_FAILED', data });
      assert.equal(await run(`if (input.a === 1) ${body} return {};`, [{ input: { a: 2 } }], { grants }), 1);
    }
  });

  test('takes content alone for an output that no example names', async () => {
    const body = 'host.content.text("x");';
    assert.equal(await run(body, [{ input: {} }]), 1);
    await assert.rejects(run(body, [{ input: {}, output: {} }]), { code: 'EXAMPLE_FAILED' });
  });
});
