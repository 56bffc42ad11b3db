// What goes into a run and what comes out of it: the order of the checks, sizes, and text of every kind.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { createSandbox, type Sandbox, type ToolArtifact } from '#sandbox';
import { codeOf, outputOf, run, toolOf } from '../../fixtures/jail/tools.ts';

const MIB = 2 ** 20;
const roomy = { outputBytes: 16 * MIB, heapBytes: 512 * MIB, cpuMs: 20_000, wallMs: 20_000 };

let sandbox: Sandbox;

before(() => {
  sandbox = createSandbox({ lanes: 1 });
});
after(() => sandbox[Symbol.asyncDispose]());

/** A tool whose validators find these errors. */
function checked(tool: ToolArtifact, errors: { readonly input?: string; readonly output?: string }): ToolArtifact {
  const verdict = (message: string | undefined) =>
    message === undefined ? `''` : JSON.stringify(JSON.stringify({ errors: [{ path: '/a', message, keyword: 'k' }] }));
  const validators = `(() => ({ input: () => ${verdict(errors.input)}, output: () => ${verdict(errors.output)} }))`;
  return { ...tool, digest: `${tool.digest}-${JSON.stringify(errors)}`, validators };
}

describe('a run', () => {
  it('executes none of the tool before its input is valid', async () => {
    const loud = toolOf('loud', 'return {};');
    const evaluated = { ...loud, digest: 'evaluated', script: `throw new Error('evaluated'); ${loud.script}` };
    const outcome = await run(sandbox, checked(evaluated, { input: 'must be b' }));
    assert.equal(codeOf(outcome), 'INPUT_INVALID');
    assert.deepEqual(!outcome.ok && outcome.failure.data, {
      errors: [{ path: '/a', message: 'must be b', keyword: 'k' }],
    });
    assert.deepEqual(outcome.logs, []);
  });

  it('has been heard in full before its result', async () => {
    const steps = toolOf('steps', 'for (let i = 1; i <= 20; i += 1) host.progress(i / 20); return {};');
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const heard: number[] = [];
      await run(sandbox, steps, { events: { progress: ({ ratio }) => heard.push(ratio) } });
      assert.deepEqual(
        heard,
        Array.from({ length: 20 }, (_, index) => (index + 1) / 20),
      );
    }
  });

  it('has its log told as it is written, in full before its result, where somebody hears it', async () => {
    const steps = toolOf('talking', `host.log('a'); host.progress(0.5); console.error('b'); return {};`);
    const heard: unknown[] = [];
    const outcome = await run(sandbox, steps, {
      events: { log: (line) => heard.push(line), progress: ({ ratio }) => heard.push(ratio) },
    });
    const lines = [
      { level: 'info', text: 'a' },
      { level: 'error', text: 'b' },
    ];
    assert.deepEqual(heard, [lines[0], 0.5, lines[1]]);
    assert.deepEqual(outcome.logs, lines);
  });

  // Proves jail.content-alone.
  it('may give content and return nothing, unless its output has a schema', async () => {
    const inputSchema = '{"type":"object"}';
    const { validators } = await sandbox.compileSchemas({ tenant: 'local', inputSchema });
    const text = toolOf('text', `host.content.text('hello');`);
    const outcome = await run(sandbox, { ...text, validators });
    assert.deepEqual(outcome.ok && [Object.hasOwn(outcome, 'output'), outcome.content], [
      false,
      [{ type: 'text', text: 'hello' }],
    ]);
    assert.equal(outcome.bill.bytesOut, '[{"type":"text","text":"hello"}]'.length);

    const strict = await sandbox.compileSchemas({ tenant: 'local', inputSchema, outputSchema: inputSchema });
    const bound = { ...text, digest: 'bound', validators: strict.validators };
    assert.equal(codeOf(await run(sandbox, bound)), 'OUTPUT_INVALID');
    assert.equal(codeOf(await run(sandbox, toolOf('silent', ''))), 'TOOL_INVALID');
  });

  it('gives out no output its validator refused', async () => {
    const outcome = await run(sandbox, checked(toolOf('free', 'return { secret: 1 };'), { output: 'must be b' }));
    assert.equal(codeOf(outcome), 'OUTPUT_INVALID');
    assert.doesNotMatch(JSON.stringify(outcome), /secret/);
  });

  it('takes 16 MiB of input and no more', async () => {
    const measure = toolOf('measure', 'return { length: input.text.length };');
    const text = 'x'.repeat(16 * MIB - 11);
    assert.deepEqual(outputOf(await run(sandbox, measure, { input: { text }, limits: roomy })), {
      length: text.length,
    });
    await assert.rejects(run(sandbox, measure, { input: { text: `${text}x` }, limits: roomy }), {
      code: 'INPUT_INVALID',
    });
  });

  it('gives out as much as outputBytes says, to the byte, and bills it', async () => {
    const outcome = await run(sandbox, toolOf('exact', `return { t: 'x'.repeat(92) };`), {
      limits: { outputBytes: 100 },
    });
    assert.equal(outputOf(outcome) !== undefined && outcome.bill.bytesOut, 100);
    assert.equal(
      codeOf(
        await run(sandbox, toolOf('over', `return { t: 'é'.repeat(46) + 'x' };`), { limits: { outputBytes: 100 } }),
      ),
      'LIMIT_OUTPUT',
    );
    const large = await run(sandbox, toolOf('large', `return { t: '日'.repeat(5 * 2 ** 20) };`), { limits: roomy });
    assert.equal((outputOf(large) as { t: string }).t.length, 5 * MIB);
  });

  it('keeps lone surrogates, line separators and strange keys', async () => {
    const echo = toolOf('echo', `return { input, own: Object.keys(input), made: '\\udc00' };`);
    const input = JSON.parse('{"__proto__":{"a":1},"constructor":"\\ud800x","\\u2028":"😀"}') as object;
    const output = outputOf(await run(sandbox, echo, { input })) as { input: object; own: string[]; made: string };
    assert.equal(JSON.stringify(output.input), JSON.stringify(input));
    assert.deepEqual(output.own, ['__proto__', 'constructor', '\u2028']);
    assert.equal(output.made, '\udc00');
  });

  it('gives out nothing nested so deeply that the host could stumble', async () => {
    const nest = toolOf(
      'nest',
      'let top = {}; for (let i = 1; i < input.depth; i += 1) top = { top }; return { top };',
    );
    assert.equal((await run(sandbox, nest, { input: { depth: 250 } })).ok, true);
    assert.equal(codeOf(await run(sandbox, nest, { input: { depth: 20_000 } })), 'OUTPUT_INVALID');
  });

  it('gives out no number too large for a double, which the host would read as something else', async () => {
    const huge = toolOf('huge', `return { deep: [{ sum: JSON.rawJSON(input.sum) }] };`);
    const outcome = await run(sandbox, huge, { input: { sum: '1e400' } });
    assert.equal(codeOf(outcome), 'OUTPUT_INVALID');
    assert.deepEqual(outputOf(await run(sandbox, huge, { input: { sum: '1e308' } })), { deep: [{ sum: 1e308 }] });
  });

  it('gives out 12 MB of image, as base64 the host has checked', async () => {
    const image = toolOf(
      'image',
      `host.content.image({ data: new Uint8Array(12e6).fill(7), mimeType: 'image/png' }); return {};`,
    );
    const outcome = await run(sandbox, image, { limits: { ...roomy, outputBytes: 16 * MIB + 0 } });
    outputOf(outcome);
    const [part] = outcome.ok ? outcome.content : [];
    assert.equal(part?.type === 'image' && Buffer.from(part.data, 'base64').length, 12e6);
  });

  it('cannot end under a code of the engine by the message of a rejection it never catches', async () => {
    for (const message of [
      'PRELUDE_FAILED: the clock is real',
      'Isolate was disposed during execution due to memory limit',
      'Isolate is disposed',
    ]) {
      const forging = toolOf('forging', 'void Promise.reject(new Error(input.message)); return {};');
      assert.equal(codeOf(await run(sandbox, forging, { input: { message } })), 'TOOL_THREW', message);
    }
  });
});
