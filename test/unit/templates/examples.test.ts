// Every template's `examples/`, and the examples its tools carry: one body for all of them.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { mock, suite, test } from 'node:test';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { makeTemplateTool } from '../../fixtures/make-template-tool.ts';

interface Example {
  readonly context: unknown;
  readonly calls: readonly { readonly title: string; readonly input: unknown; readonly output: unknown }[];
}

const TEMPLATES = new URL('../../../templates/', import.meta.url);
/** The day on which examples are run before publishing. */
const PROBE_CLOCK_MS = Date.UTC(2026, 0, 15);

// Proves template.examples.
suite('the examples of a template', () => {
  for (const [name, file] of exampleFiles()) {
    test(`${name}/${file} gives what it shows, within the tool's schemas`, async () => {
      mock.timers.enable({ apis: ['Date'], now: PROBE_CLOCK_MS });
      try {
        const text = readFileSync(new URL(`${name}/examples/${file}`, TEMPLATES), 'utf8');
        await checkExample(name, JSON.parse(text) as Example);
      } finally {
        mock.timers.reset();
      }
    });
  }
});

async function checkExample(template: string, { context, calls }: Example): Promise<void> {
  const { manifest, run } = await makeTemplateTool(template, context);
  const [isInput, isOutput] = [compile(manifest.inputSchema), compile(manifest.outputSchema)];
  for (const { title, input, output } of calls) {
    assertValid(isInput, input);
    assertValid(isOutput, output);
    assert.deepEqual(overTheWire(run(input)), output, title);
  }
  assert.ok(manifest.examples.length > 0, 'a tool carries an example of its own, which is run before it is published');
  for (const { input } of manifest.examples) {
    assertValid(isInput, input);
    assertValid(isOutput, overTheWire(run(input)));
  }
}

function exampleFiles(): readonly [template: string, file: string][] {
  const folders = readdirSync(TEMPLATES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name }) =>
    readdirSync(new URL(`${name}/examples/`, TEMPLATES)).map((file): [string, string] => [name, file]),
  );
}

function compile(schema: object): ValidateFunction {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false });
  ajvFormats.default(ajv);
  return ajv.compile(schema);
}

function assertValid(isValid: ValidateFunction, value: unknown): void {
  assert.ok(isValid(value), JSON.stringify(isValid.errors));
}

/** What a caller gets: JSON. */
function overTheWire(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
