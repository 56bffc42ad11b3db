// Generates the code of a validator from a schema that was bounded before.

import { _, Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import type { BoundedSchema } from './bounds.ts';
import { CORRECTED_KEYWORDS } from './corrected-keywords.ts';
import { refuse, shorten } from './fault.ts';
import { FORMATS } from './formats.ts';

/** How a validator behaves. */
export interface GenerateOptions {
  /** Report every error, not the first one only. */
  readonly allErrors: boolean;
  /** Write the schema's defaults into the value. */
  readonly useDefaults: boolean;
}

/**
 * A script expression that evaluates to `(runtime) => (text) => errors`; see `runtime.ts`.
 *
 * @throws SCHEMA_INVALID when the compiler refuses the schema
 */
export function generateValidator({ role, schema, slowPatterns }: BoundedSchema, options: GenerateOptions): string {
  const ajv = createCompiler(options);
  let code: string;
  try {
    code = standalone.default(ajv, ajv.compile(schema));
  } catch (error) {
    const reason = error instanceof RangeError ? 'it refers to itself without end' : String((error as Error).message);
    return refuse('SCHEMA_INVALID', role, '', shorten(reason, 300));
  }
  const slow = JSON.stringify([...slowPatterns]);
  return `function (runtime) {const require = runtime.link(${slow}), module = {};\n${code}\nreturn runtime.check(module.exports);}`;
}

/** A compiler of its own for every schema: ids, anchors and references of one never meet those of another. */
function createCompiler({ allErrors, useDefaults }: GenerateOptions): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors,
    useDefaults,
    // Bounded already: unknown keywords, shapes and dialects are refused in bounds.ts, without a meta-schema to compile.
    strict: false,
    meta: false,
    validateSchema: false,
    // Unlike 1e999, which JSON.parse reads as Infinity.
    strictNumbers: true,
    // Inherited names such as "constructor" are not properties.
    ownProperties: true,
    // 19.99 is a multiple of 0.01, whatever binary fractions say.
    multipleOfPrecision: 9,
    // Each use of a definition would be another copy of its code.
    inlineRefs: false,
    // Messages are worded at run time; what they need travels with each error.
    messages: false,
    verbose: true,
    logger: false,
    formats: Object.fromEntries(Object.entries(FORMATS).map(([name, format]) => [name, format as never])),
    code: { source: true, formats: _`require("formats")`, regExp: PATTERN },
  });
  for (const [name, definition] of Object.entries(CORRECTED_KEYWORDS)) ajv.removeKeyword(name).addKeyword(definition);
  return ajv;
}

/** Patterns are made by the runtime, which bounds the strings of slow ones. */
const PATTERN = Object.assign((source: string, flags: string) => new RegExp(source, flags), {
  code: 'require("pattern")',
});
