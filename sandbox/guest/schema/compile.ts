// A schema of a tool becomes a script expression that checks its input or output.

import { readSchema } from './bounds.ts';
import { generateValidator } from './generate.ts';

/**
 * The code of one validator; a workshop joins the two of a tool.
 *
 * It stops at the first error (and the alternatives it failed): looking for all of them, a long hostile list would be
 * answered with as many errors as it has items.
 *
 * @param schemaText JSON text
 * @throws SCHEMA_INVALID, SCHEMA_LIMIT, SCHEMA_REF_REMOTE, SCHEMA_PATTERN_UNSAFE, SCHEMA_HEADER_UNSUPPORTED with
 * `data: { schema: 'input' | 'output', path }`
 */
export function compileSchema(schemaText: string, role: 'input' | 'output'): string {
  return generateValidator(readSchema(schemaText, role), { allErrors: false, useDefaults: false });
}
