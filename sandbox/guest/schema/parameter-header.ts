// `x-mcp-header`: an argument that clients repeat as the HTTP header `Mcp-Param-<name>`, for whoever routes requests.
// An annotation in the wrong place would make clients refuse the tool, so it is refused here, where its author sees it.

import { refuse, type SchemaRole } from './fault.ts';
import type { JsonObject } from './keywords.ts';

/** The annotation. */
export const PARAMETER_HEADER = 'x-mcp-header';

/** Where an annotation stands. */
export interface HeaderPlace {
  readonly role: SchemaRole;
  /** The subschema that carries it, and the pointer to that. */
  readonly schema: JsonObject;
  readonly path: string;
}

/** A property of the root; a pointer's further steps would hold further slashes. */
const TOP_LEVEL = /^\/properties\/[^/]*$/;

/** Not `number`: two programs may write one number in two ways. */
const TYPES: readonly unknown[] = ['string', 'integer', 'boolean'];

/** What a header's name is made of; the length keeps the header within what servers read. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/;

/**
 * Checks one annotation, and adds its name to those `taken` so far.
 *
 * @throws SCHEMA_HEADER_UNSUPPORTED
 * @see https://modelcontextprotocol.io/seps/2243-http-standardization
 */
export function checkParameterHeader(value: unknown, place: HeaderPlace, taken: Set<string>): void {
  const fault = placeFault(place) ?? nameFault(value, taken);
  if (fault !== undefined) {
    refuse('SCHEMA_HEADER_UNSUPPORTED', place.role, `${place.path}/${PARAMETER_HEADER}`, fault);
  }
  taken.add(String(value).toLowerCase());
}

function placeFault({ role, schema, path }: HeaderPlace): string | undefined {
  if (role !== 'input') return 'only the properties of an input schema can be sent as headers; remove it';
  if (!TOP_LEVEL.test(path))
    return "only the root's own properties can be sent as headers; move it there, or remove it";
  if (TYPES.includes(schema['type'])) return undefined;
  return 'only a property of the type "string", "integer" or "boolean" can be sent as a header; change its type';
}

function nameFault(value: unknown, taken: ReadonlySet<string>): string | undefined {
  if (typeof value !== 'string' || !NAME.test(value)) {
    return "it must be 1 to 128 characters that a header name may have: letters, digits and !#$%&'*+-.^_`|~";
  }
  if (taken.has(value.toLowerCase())) return 'another property has this header, case aside; choose another name';
  return undefined;
}
