// Arguments that a tool's schema marks with `x-mcp-header`: clients of the newer era repeat them in headers, so that what
// stands between can route by them. A call is served only when header and body agree.

import { hostFailure } from '#host/base';
import type { Failure, JsonSchema } from '#sandbox';

/** An argument that is repeated in a header. */
export interface HeaderParameter {
  readonly argument: string;
  /** `Mcp-Param-…`. */
  readonly header: string;
  readonly isInteger: boolean;
}

const NONE: readonly HeaderParameter[] = [];
const SENTINEL = /^=\?base64\?(.*)\?=$/s;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;

// Schemas live as long as their version: each is looked through once.
const declared = new WeakMap<JsonSchema, readonly HeaderParameter[]>();

/** The header parameters an input schema declares. Its making checked names, types and places. */
export function headerParametersOf(schema: JsonSchema): readonly HeaderParameter[] {
  const known = declared.get(schema);
  if (known !== undefined) return known;
  const found = findDeclarations(schema);
  declared.set(schema, found);
  return found;
}

/**
 * Why the headers of a call do not stand for its arguments; undefined when they do. An argument that is absent or null
 * expects no header.
 *
 * @see https://modelcontextprotocol.io/specification/2026-07-28/basic/transports#server-behavior-for-custom-headers
 */
export function headerMismatch(
  parameters: readonly HeaderParameter[],
  args: unknown,
  headers: Headers,
): Failure | undefined {
  if (parameters.length === 0 || typeof args !== 'object' || args === null) return undefined;
  const values: Readonly<Record<string, unknown>> = { ...args };
  for (const parameter of parameters) {
    const value = Object.hasOwn(values, parameter.argument) ? values[parameter.argument] : undefined;
    const fault = value === undefined || value === null ? undefined : faultOf(parameter, value, headers);
    if (fault === undefined) continue;
    const { header, argument } = parameter;
    const message = `${header} ${fault} the argument "${argument}", which it has to repeat`;
    return hostFailure('HEADER_MISMATCH', message, { header, argument });
  }
  return undefined;
}

function findDeclarations({ properties }: JsonSchema): readonly HeaderParameter[] {
  if (typeof properties !== 'object' || properties === null) return NONE;
  const found: HeaderParameter[] = [];
  for (const [argument, property] of Object.entries(properties as JsonSchema)) {
    if (typeof property !== 'object' || property === null || Array.isArray(property)) continue;
    const { 'x-mcp-header': name, type } = property as JsonSchema;
    if (typeof name !== 'string') continue;
    found.push({ argument, header: `Mcp-Param-${name}`, isInteger: type === 'integer' });
  }
  return found.length === 0 ? NONE : found;
}

function faultOf({ header, isInteger }: HeaderParameter, value: unknown, headers: Headers): string | undefined {
  const expected = asText(value);
  if (expected === undefined) return undefined;
  const sent = headers.get(header);
  if (sent === null) return 'is missing beside';
  const decoded = decode(sent);
  if (decoded === undefined) return 'is not valid Base64 of UTF-8 text and so cannot stand for';
  // Two programs may write one number in two ways: 42 and 42.0.
  const agrees = decoded === expected || (isInteger && DECIMAL.test(decoded) && Number(decoded) === value);
  return agrees ? undefined : 'has another value than';
}

/** What a header would say; nothing for an integer that clients cannot write exactly, nor for what no schema lets in. */
function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'number') return undefined;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? undefined : String(value);
}

/** A header's value, out of its Base64 where it is wrapped so; undefined when that is malformed. */
function decode(sent: string): string | undefined {
  const encoded = SENTINEL.exec(sent)?.[1];
  if (encoded === undefined) return sent;
  if (!BASE64.test(encoded)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(encoded, 'base64'));
  } catch {
    return undefined;
  }
}
