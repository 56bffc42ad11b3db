// Makings built to hang, to swell or to break their compiler: the step fails with a code, the next one succeeds.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { createSandbox, isCodedError, type Sandbox } from '#sandbox';
import { WorkshopLane } from '../../../sandbox/lane/workshop-lane.ts';
import { bundlePrograms } from '../../../sandbox/programs.ts';

const MIB = 2 ** 20;
const TOOL = `import { defineTool } from 'glovebox'; export default defineTool({ async run(input: { a: number }) { return { a: input.a }; } });`;

let sandbox: Sandbox;

before(() => {
  sandbox = createSandbox({ lanes: 1 });
});
after(() => sandbox[Symbol.asyncDispose]());

function compile(source: string) {
  return sandbox.compile({ tenant: 'local', entry: 'tool.ts', files: { 'tool.ts': source } });
}

/** Code of the failure of something that must fail. */
async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (isCodedError(error)) return error.code;
    throw error;
  }
  throw new Error('it succeeded');
}

/** Names doubling 24 times: 335 MB of output from 300 bytes. */
const ENUM_BOMB = `enum A { a = "${'x'.repeat(20)}", ${Array.from({ length: 24 }, (_, i) => `b${i} = ${i === 0 ? 'a' : `b${i - 1}`} + ${i === 0 ? 'a' : `b${i - 1}`}`).join(', ')} } export default A.b23;`;

describe('a workshop', () => {
  it('compiles an honest source', async () => {
    const { script, sourceMap, warnings } = await compile(TOOL);
    assert.match(script, /^"use strict";|var tool/);
    assert.equal((JSON.parse(sourceMap) as { version: number }).version, 3);
    assert.deepEqual(warnings, []);
  });

  const bombs: Readonly<Record<string, readonly [source: string, codes: RegExp]>> = {
    '300 KB of open parentheses': ['('.repeat(300_000), /^(COMPILE_FAILED|MAKING_CRASHED)$/],
    'an enum that doubles': [ENUM_BOMB, /^(COMPILE_OUTPUT_LIMIT|MAKING_CRASHED|MAKING_TIMEOUT)$/],
    '10 MB of source': [`export default ${JSON.stringify('x'.repeat(10 * MIB))};`, /^COMPILE_OUTPUT_LIMIT$/],
    '3 MB of nested calls': [
      `export default ${'f('.repeat(1_000_000)}${')'.repeat(1_000_000)};`,
      /^(COMPILE_FAILED|MAKING_CRASHED|MAKING_TIMEOUT|COMPILE_OUTPUT_LIMIT)$/,
    ],
  };
  for (const [bomb, [source, codes]] of Object.entries(bombs)) {
    it(`survives ${bomb}`, async () => {
      assert.match(await codeOf(compile(source)), codes);
      assert.match((await compile(TOOL)).script, /tool/);
    });
  }

  it('names every error of a context, and of a large one only the first', async () => {
    const contextSchema = JSON.stringify({ type: 'object', additionalProperties: { type: 'string' } });
    const errors = async (items: number): Promise<unknown> => {
      const context = JSON.stringify(Object.fromEntries(Array.from({ length: items }, (_, i) => [`item_${i}`, i])));
      const failure: unknown = await sandbox
        .checkContext({ tenant: 'local', contextSchema, context })
        .catch((thrown: unknown) => thrown);
      return isCodedError(failure) && failure.code === 'CONTEXT_INVALID' && failure.data?.['errors'];
    };
    assert.equal(((await errors(3)) as unknown[]).length, 3);
    assert.equal(((await errors(10_000)) as unknown[]).length, 1);
  });

  it('leaves what is wrong with the next step to that step', async () => {
    const tenant = 'local';
    const texts = { manifestTemplate: '{}', sourceTemplate: '{{{raw}}}' };
    const contextSchema = '{"type":"object"}';
    assert.equal(await sandbox.checkContext({ tenant, contextSchema, context: '{}', next: texts }), '{}');
    assert.equal(await codeOf(sandbox.render({ tenant, ...texts, context: '{}', data: '{}' })), 'TEMPLATE_RAW_SLOT');

    const next = { inputSchema: '{"type":"object","propertie":{}}' };
    const files = { 'tool.ts': TOOL };
    assert.match((await sandbox.compile({ tenant, entry: 'tool.ts', files, next })).script, /tool/);
    assert.equal(await codeOf(sandbox.compileSchemas({ tenant, ...next })), 'SCHEMA_INVALID');
  });

  it('refuses a request larger than a frame', async () => {
    assert.equal(await codeOf(compile(`// ${'x'.repeat(65 * MIB)}`)), 'CELL_PROTOCOL');
    assert.match((await compile(TOOL)).script, /tool/);
  });

  it('that died between two steps is replaced', async () => {
    const [pid] = sandbox.stats().children.slice(-1);
    process.kill(pid ?? 0, 'SIGKILL');
    await until(() => !sandbox.stats().children.includes(pid ?? 0));
    assert.match((await compile(TOOL)).script, /tool/);
  });

  it('that dies in a step fails that step alone', async () => {
    const slow = compile(
      `export default ${'['.repeat(20_000)}${']'.repeat(20_000)};${'let a=1;'.repeat(0)}${Array.from({ length: 60_000 }, (_, i) => `export const a${i} = ${i};`).join('\n')}`,
    );
    const next = compile(TOOL);
    setTimeout(() => process.kill(sandbox.stats().children.at(-1) ?? 0, 'SIGKILL'), 20);
    const [first, second] = await Promise.allSettled([slow, next]);
    assert.equal(first.status === 'rejected' && isCodedError(first.reason) && first.reason.code, 'MAKING_CRASHED');
    assert.equal(second.status, 'fulfilled');
  });

  it('that waits for nothing is replaced, and its step done again', async () => {
    await compile(TOOL);
    const stalled = sandbox.stats().children.at(-1) ?? 0;
    process.kill(stalled, 'SIGSTOP');
    assert.match((await compile(TOOL)).script, /tool/);
    assert.equal(sandbox.stats().children.includes(stalled), false);
  });

  it('takes steps in turn, and refuses more than it can queue', async () => {
    const all = await Promise.allSettled(Array.from({ length: 100 }, () => compile(TOOL)));
    const refused = all.filter((one) => one.status === 'rejected');
    assert.equal(refused.length, 36);
    for (const { reason } of refused) assert.equal(isCodedError(reason) && reason.code, 'HOST_BUSY');
  });

  it('ends with its sandbox, the step under way included', async () => {
    const other = createSandbox({ lanes: 1 });
    const pending = codeOf(
      other.compile({ tenant: 'local', entry: 'tool.ts', files: { 'tool.ts': '('.repeat(300_000) } }),
    );
    await new Promise((resolve) => setTimeout(resolve, 400));
    await other[Symbol.asyncDispose]();
    assert.match(await pending, /^(HOST_STOPPING|COMPILE_FAILED|MAKING_CRASHED)$/);
    assert.equal(
      await codeOf(other.compile({ tenant: 'local', entry: 'tool.ts', files: { 'tool.ts': TOOL } })),
      'HOST_STOPPING',
    );
  });

  it('that is still starting when its lane closes tells its step that the host stops', async () => {
    const started = Promise.withResolvers<void>();
    const lane = new WorkshopLane({
      programs: await bundlePrograms(),
      now: () => performance.now(),
      onChange: (pids) => pids.length > 0 && started.resolve(),
    });
    const request = { entry: 'tool.ts', files: { 'tool.ts': TOOL } };
    const pending = codeOf(lane.work({ op: 'compile', request: JSON.stringify(request) }));
    await started.promise;
    lane.close();
    assert.equal(await pending, 'HOST_STOPPING');
  });
});

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 2000;
  while (!holds() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.ok(holds());
}
