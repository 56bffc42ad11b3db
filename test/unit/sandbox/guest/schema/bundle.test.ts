// The folder's two programs, where they run: in isolates without Node.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { build, stop } from 'esbuild';
import ivm from 'isolated-vm';
import { compileSchema } from '../../../../../sandbox/guest/schema/compile.ts';
import { compileSchemas } from '../../../../fixtures/engines.ts';
import { firstError, objectSchema } from './schemas.ts';

const SOURCES = fileURLToPath(new URL('../../../../../sandbox/guest/schema/', import.meta.url));
const SCHEMAS = {
  inputSchema: objectSchema({
    properties: {
      mail: { format: 'email' },
      name: { minLength: 2, pattern: '^.+ .+$' },
      tags: { uniqueItems: true },
    },
    additionalProperties: false,
  }),
  outputSchema: objectSchema({ properties: { of: { enum: [{ a: 1 }, { b: 2 }] } } }),
};

/** A classic script that defines `program`. */
async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: SOURCES, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'program',
    platform: 'neutral',
    mainFields: ['module', 'main'],
  });
  return outputFiles[0]?.text ?? '';
}

describe('sandbox/guest/schema, bundled', () => {
  let isolate: ivm.Isolate;
  before(() => {
    isolate = new ivm.Isolate({ memoryLimit: 128 });
  });
  after(async () => {
    isolate.dispose();
    await stop();
  });

  it('compiles in an isolate what it compiles in Node', async () => {
    const context = await isolate.createContext();
    await context.eval(await bundle(`export { compileSchema } from './compile.ts';`));
    const { inputSchema } = SCHEMAS;
    const validator: unknown = await context.eval(`program.compileSchema(${JSON.stringify(inputSchema)}, 'input')`);
    assert.equal(validator, compileSchema(inputSchema, 'input'));
  });

  it('checks contexts in an isolate', async () => {
    const context = await isolate.createContext();
    await context.eval(await bundle(`export * from './check-context.ts';`));
    const schema = objectSchema({ properties: { seats: { type: 'integer', default: 5 } } });
    await context.eval(`const validator = program.compileContextSchema(${JSON.stringify(schema)}, true)`);
    assert.equal(await context.eval(`program.checkContext(validator, '{}')`), '{"seats":5}');
    const code = `try { program.checkContext(validator, '[]') } catch (error) { error.code }`;
    assert.equal(await context.eval(code), 'CONTEXT_INVALID');
  });

  it('validates in a context without eval and Function, from a runtime of less than 40 KiB', async () => {
    const runtime = await bundle(`export { runtime } from './runtime.ts';`);
    assert.ok(runtime.length < 40 * 1024, `${runtime.length} bytes`);
    const context = await isolate.createContext();
    await context.eval(`delete globalThis.eval; delete globalThis.Function; ${runtime}`);
    await context.eval(`const validators = ${compileSchemas(SCHEMAS)}(program.runtime)`);
    const check = (side: string, value: unknown): Promise<string> =>
      context.eval(`validators.${side}(${JSON.stringify(JSON.stringify(value))})`) as Promise<string>;
    assert.equal(await check('input', { mail: 'ada@example.com', name: 'Ada Lovelace', tags: [1, 2] }), '');
    assert.equal(firstError(await check('input', { mail: 'nobody' })), 'format at /mail');
    assert.equal(firstError(await check('input', { name: 'A' })), 'minLength at /name');
    assert.equal(firstError(await check('input', { name: ' '.repeat(5000) })), 'limit at ');
    assert.equal(firstError(await check('input', { tags: [{ a: 1 }, { a: 1 }] })), 'uniqueItems at /tags');
    assert.equal(await check('output', { of: { b: 2 } }), '');
    assert.equal(firstError(await check('output', { of: { b: 1 } })), 'enum at /of');
  });
});
