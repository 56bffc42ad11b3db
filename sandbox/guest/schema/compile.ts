// The schemas of a tool become one script that checks its input and output.

import { readSchema } from './bounds.ts';
import { generateValidator } from './generate.ts';

/** The schemas of a tool, as JSON text. */
export interface SchemaTexts {
  readonly inputSchema: string;
  /** Without it, any JSON is a valid output. */
  readonly outputSchema?: string;
}

/**
 * One classic script whose completion value is `(runtime) => ({ input, output })`: functions that take JSON text and
 * return '' when it is valid, else JSON text `{"errors": […]}`; `runtime` is the export of `runtime.ts`.
 *
 * They stop at the first error (and the alternatives it failed): looking for all of them, a long hostile list would be
 * answered with as many errors as it has items.
 *
 * @throws SCHEMA_INVALID, SCHEMA_LIMIT, SCHEMA_REF_REMOTE, SCHEMA_PATTERN_UNSAFE, SCHEMA_HEADER_UNSUPPORTED with
 * `data: { schema: 'input' | 'output', path }`
 */
export function compileSchemas({ inputSchema, outputSchema }: SchemaTexts): string {
  const options = { allErrors: false, useDefaults: false };
  const input = generateValidator(readSchema(inputSchema, 'input'), options);
  const output = outputSchema === undefined ? ANY_JSON : generateValidator(readSchema(outputSchema, 'output'), options);
  return `(function (runtime) {"use strict";\nreturn {\ninput: (${input})(runtime),\noutput: (${output})(runtime)};})`;
}

const ANY_JSON = 'function (runtime) {return runtime.check(function () {return true;});}';
