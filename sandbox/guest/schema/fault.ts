// How a schema is refused: every refusal names the schema and the place in it.

import { sandboxError, type SandboxErrorCode } from '../../errors.ts';

/** Whose schema it is. */
export type SchemaRole = 'input' | 'output' | 'context';

/** Throws: `message` completes "the input schema, at /properties/a: …". */
export function refuse(code: SandboxErrorCode, schema: SchemaRole, path: string, message: string): never {
  const where = path === '' ? '' : `, at ${shorten(path)}`;
  throw sandboxError(code, `the ${schema} schema${where}: ${message}`, { schema, path });
}

/** A step further in a JSON pointer (RFC 6901). */
export function pointer(path: string, key: string | number): string {
  return `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** A stranger's text, cut to what fits a message. */
export function shorten(text: string, characters = 120): string {
  return text.length <= characters ? text : `${text.slice(0, characters - 1)}…`;
}
