// What goes into a statement and what comes out of a row.

import { types, type CustomTypesConfig } from 'pg';

import { hostError } from '#host/base';
import { checkParameters, type Parameter } from '../parameters.ts';

const INT8 = 20;

/** Reads rows as the embedded database gives them: 64-bit integers are numbers. For one connection, not for the process. */
export const ROW_TYPES: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown =>
    oid === INT8 && format !== 'binary' ? parseInt8 : types.getTypeParser(oid, format),
};

/** @throws INTERNAL when it is no exact number in JavaScript */
function parseInt8(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw hostError('INTERNAL', `the database holds the integer ${text}, which is out of range`, { value: text });
}

/**
 * The parameters as PostgreSQL takes them. A text cannot hold the character NUL there: it becomes U+FFFD, as half a
 * surrogate pair does on either database. What is written is JSON, which escapes both; what is looked up by a name
 * that holds one is not found.
 *
 * @throws INTERNAL when a parameter is anything but string, number, bigint, null, boolean or bytes
 */
export function toPostgresParameters(parameters: readonly unknown[]): Parameter[] {
  return checkParameters(parameters).map((value) =>
    typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value,
  );
}
