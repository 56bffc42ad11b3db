// The engine where it runs: bundled into one classic script, in a bare isolate.

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import ivm from 'isolated-vm';

const FOLDER = fileURLToPath(new URL('../../../../../sandbox/guest/template/', import.meta.url));
const ENTRY = `export * from './compile-template.ts'; export * from './render.ts';`;

suite('the engine in an isolate', () => {
  test('loads without Node and without warnings, and renders', async () => {
    const { outputFiles, warnings, metafile } = await build({
      stdin: { contents: ENTRY, resolveDir: FOLDER, loader: 'ts' },
      bundle: true,
      write: false,
      metafile: true,
      platform: 'neutral',
      format: 'iife',
      globalName: 'engine',
      logLevel: 'silent',
    });
    assert.deepEqual(warnings, []);
    const imports = Object.values(metafile.outputs).flatMap((output) =>
      output.imports.filter(({ external }) => external),
    );
    assert.deepEqual(imports, []);

    const isolate = new ivm.Isolate({ memoryLimit: 64 });
    try {
      const context = await isolate.createContext();
      await context.eval(outputFiles[0]?.text ?? '');
      const texts = {
        manifestTemplate: '{ "name": {{tool_name customer}} }',
        sourceTemplate: 'export const A = [{{currency 1234.5 "EUR"}}, {{round 1.005 2}}, {{upper customer}}];',
      };
      const filling = { context: { customer: 'Acmé "x"' }, data: {}, outputBytes: 1000 };
      const rendered = (await context.evalClosure(
        'return JSON.stringify(engine.renderTemplate(engine.compileTemplate(JSON.parse($0)), JSON.parse($1)))',
        [JSON.stringify(texts), JSON.stringify(filling)],
      )) as string;
      assert.deepEqual(JSON.parse(rendered), {
        manifest: '{ "name": "acme_x" }',
        source: 'export const A = ["€1,234.50", 1.01, "ACMÉ \\u0022X\\u0022"];',
        sourceLines: [1],
      });
      const code = (await context.evalClosure(
        'try { engine.compileTemplate({ manifestTemplate: "{}", sourceTemplate: $0 }) } catch (error) { return error.code }',
        ['{{{raw}}}'],
      )) as string;
      assert.equal(code, 'TEMPLATE_RAW_SLOT');
    } finally {
      isolate.dispose();
    }
  });
});
