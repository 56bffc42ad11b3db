import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { build } from 'esbuild';
import { sandboxFailure } from '#sandbox';
import { atSource, compareLines, readOrigin, writeOrigin, type Origin } from '#host/registry';

const LIB = `export function fail(): never {
  throw new Error('ä');
}
`;
const TEMPLATE = `import { fail } from './lib/fail.ts';
{{#if unused}}
{{/if}}
export const rate = {{rate}};
export const above = [{{rate}}, fail];
  fail();
`;
const RENDERED = `import { fail } from './lib/fail.ts';
export const rate = 0.0825;
export const above = [0.0825, fail];
  fail();
`;

/** Bundles as the workshop does: own files in the namespace `tool`. */
async function compile(): Promise<{ readonly script: string; readonly origin: Origin }> {
  const files: Record<string, string> = { 'tool.ts': RENDERED, 'lib/fail.ts': LIB };
  const { outputFiles } = await build({
    entryPoints: ['tool.ts'],
    outfile: 'tool.js',
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'tool',
    target: 'esnext',
    charset: 'utf8',
    sourcemap: 'external',
    sourcesContent: false,
    plugins: [
      {
        name: 'own-files',
        setup(bundle) {
          bundle.onResolve({ filter: /.*/ }, ({ path }) => ({ path: path.replace('./', ''), namespace: 'tool' }));
          bundle.onLoad({ filter: /.*/ }, ({ path }) => ({ contents: files[path] ?? '', loader: 'ts' }));
        },
      },
    ],
  });
  const text = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  const rendered = compareLines(RENDERED, TEMPLATE, [1, 4, 5, 6]);
  return { script: text('.js'), origin: readOrigin(writeOrigin({ sourceMap: text('.map'), rendered })) };
}

/** Where a text stands in the script, as a stack names it. */
function at(script: string, text: string, skip = 0): string {
  const before = script.slice(0, script.indexOf(text) + skip).split('\n');
  return `glovebox:tool:${before.length}:${(before.at(-1) ?? '').length + 1}`;
}

suite('atSource', () => {
  test("leads a stack through the source map to the author's files", async () => {
    const { script, origin } = await compile();
    const inLib = at(script, 'throw new Error');
    const inTemplate = at(script, '\n  fail();', 3);
    const stack = `at fail (${inLib})\nat ${inTemplate}`;
    const failure = sandboxFailure('TOOL_THREW', `Error: see ${inLib}`, { name: 'Error', stack });
    assert.deepEqual(atSource(failure, origin), {
      ...failure,
      message: 'Error: see lib/fail.ts:2:3',
      data: { name: 'Error', stack: 'at fail (lib/fail.ts:2:3)\nat tool.ts.hbs:6:3' },
    });
  });

  test('gives no column behind a slot, where it would be another', async () => {
    const { script, origin } = await compile();
    const behind = sandboxFailure('TOOL_THREW', 'e', { stack: `at ${at(script, 'above = [0.0825, fail]', 17)}` });
    assert.equal(atSource(behind, origin).data?.['stack'], 'at tool.ts.hbs:5');
  });

  test('leaves a source that no template rendered where it is', async () => {
    const { script, origin } = await compile();
    const { rendered: _, ...plain } = origin;
    const failure = sandboxFailure('TOOL_THREW', 'e', { stack: `at ${at(script, '\n  fail();', 3)}` });
    assert.equal(atSource(failure, plain).data?.['stack'], 'at tool.ts:4:3');
  });

  test('leads a failure of the compiler to the template', () => {
    const rendered = compareLines(RENDERED, TEMPLATE, [1, 4, 5, 6]);
    const position = { file: 'tool.ts', line: 4, column: 2 };
    const exact = sandboxFailure('COMPILE_FAILED', 'tool.ts:4:3: no $& good', position);
    const expected = { message: 'tool.ts.hbs:6:3: no $& good', data: { file: 'tool.ts.hbs', line: 6, column: 2 } };
    assert.deepEqual(atSource(exact, { rendered }), { ...exact, ...expected });

    const behind = sandboxFailure('COMPILE_FAILED', 'tool.ts:3:31: no good', { file: 'tool.ts', line: 3, column: 30 });
    const { message, data } = atSource(behind, { rendered });
    assert.deepEqual([message, data], ['tool.ts.hbs:5: no good', { file: 'tool.ts.hbs', line: 5 }]);

    const inLib = sandboxFailure('COMPILE_FAILED', 'lib/a.ts:4:3: no good', { ...position, file: 'lib/a.ts' });
    assert.deepEqual(atSource(inLib, { rendered }), inLib);
  });

  test('leaves positions that are nowhere, and failures without data', async () => {
    const { origin } = await compile();
    const failure = sandboxFailure('TOOL_THREW', 'at glovebox:tool:1:1 and glovebox:tool:999999:1');
    const { message, data } = atSource(failure, origin);
    assert.ok(message.startsWith('at glovebox:tool:1:1 and '), message);
    assert.equal(data, undefined);
    assert.deepEqual(atSource(failure, {}), failure);
  });
});

suite('readOrigin', () => {
  test('reads what writeOrigin wrote, and a plain source map', () => {
    const rendered = { lines: [1], columns: [2] };
    assert.deepEqual(readOrigin(writeOrigin({ sourceMap: '{"version":3}', rendered })).rendered, rendered);
    assert.deepEqual(readOrigin('{"version":3}'), { sourceMap: '{"version":3}' });
    assert.equal(writeOrigin({}), '{}');
  });
});
