// Whatever goes wrong in generated code is said of the line its author wrote, while it is made and when it is called.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';

import { LOCAL_PRINCIPAL as principal } from '#host/base';
import { failureOf, openMaker, type TestMaker } from '../fixtures/making/open-maker.ts';
import { MANIFEST } from '../fixtures/making/template-folder.ts';

const EXAMPLE = { 'tool.json.hbs': JSON.stringify({ ...MANIFEST, examples: [{ input: {} }] }) };
const CONTEXT = { a: 'a long enough value to move what follows it' };

/** A template whose rendered lines stand elsewhere than its own: `body` begins at line 10. */
function template(body: string): Readonly<Record<string, string>> {
  return {
    'tool.ts.hbs': `import { defineTool } from 'glovebox';
import { fail } from './lib/fail.ts';

{{#if a}}
const A = {{a}};
{{/if}}

export default defineTool({
  run() {
${body}
    return { a: A, fail: typeof fail };
  },
});
`,
    'lib/fail.ts': `
export function fail(): never {
  throw new TypeError('on purpose');
}
`,
  };
}

// Proves making.author-lines.
suite('a fault in generated code', () => {
  let maker: TestMaker;
  before(async () => {
    maker = await openMaker();
  });
  after(() => maker[Symbol.asyncDispose]());

  async function fault(files: Readonly<Record<string, string>>) {
    const { code, message, data = {} } = await failureOf(maker.generate(files, { context: CONTEXT }));
    return { code, message, data };
  }

  test('that does not parse is at its line and column of the template', async () => {
    const { code, message, data } = await fault(template("    const ä = 'ö', b = ;"));
    assert.deepEqual([code, data], ['COMPILE_FAILED', { file: 'tool.ts.hbs', line: 10, column: 23 }]);
    assert.match(message, /^tool\.ts\.hbs:10:24: /);
  });

  test('that does not parse behind a slot is at its line, without a column', async () => {
    const { code, message, data } = await fault(template('    const b = {{a}} + ;'));
    assert.deepEqual([code, data], ['COMPILE_FAILED', { file: 'tool.ts.hbs', line: 10 }]);
    assert.match(message, /^tool\.ts\.hbs:10: /);
  });

  test('that does not parse in a file of its own is there', async () => {
    const { code, data } = await fault({ ...template(''), 'lib/fail.ts': '\nexport const fail = ;' });
    assert.deepEqual([code, data], ['COMPILE_FAILED', { file: 'lib/fail.ts', line: 2, column: 20 }]);
  });

  test('that imports what it may not is at its line', async () => {
    const { code, message, data } = await fault(template("    require('node:fs');"));
    assert.equal(code, 'COMPILE_IMPORT_REFUSED');
    assert.deepEqual(data, { file: 'tool.ts.hbs', line: 10, column: 12, import: 'node:fs' });
    assert.match(message, /^tool\.ts\.hbs:10:13: "node:fs"/);
  });

  test('that a template lacks a value for is at its slot', async () => {
    const { code, data } = await fault(template('    const b = {{b}};'));
    assert.deepEqual(
      [code, data['file'], data['line'], data['column']],
      ['TEMPLATE_VALUE_MISSING', 'tool.ts.hbs', 10, 14],
    );
  });

  test('that throws in an example is at its lines of template and files', async () => {
    const { code, message, data } = await fault({ ...template('    if (A) fail();'), ...EXAMPLE });
    assert.equal(code, 'EXAMPLE_FAILED');
    assert.match(String(data['stack']), /^at fail \(lib\/fail\.ts:3:9\)\nat .*\(tool\.ts\.hbs:10:12\)$/);
    assert.match(message, /lib\/fail\.ts:3:9/);
  });

  test('that throws when it is called is so too, in the answer and in the ledger', async () => {
    const { tool } = await maker.generate(template('    if (A) fail();'), { context: CONTEXT });
    const result = await maker.call(tool);
    assert.ok(!result.ok);
    assert.equal(result.failure.code, 'TOOL_THREW');
    assert.match(
      String(result.failure.data?.['stack']),
      /^at fail \(lib\/fail\.ts:3:9\)\nat .*\(tool\.ts\.hbs:10:12\)$/,
    );
    const row = await maker.app.ledger.getRun(principal.tenant, result.runId);
    assert.deepEqual(row.failure, result.failure);
  });

  test('that throws in a source nobody rendered is at the line of the source', async () => {
    const source = "\nexport default {\n  run() {\n    throw new Error('here');\n  },\n};";
    const { tool } = await maker.create({ name: 'throwing_source' }, source);
    const result = await maker.call(tool);
    assert.match(result.ok ? '' : String(result.failure.data?.['stack']), /tool\.ts:4:11\)$/);
  });
});
