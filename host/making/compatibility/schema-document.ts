// A schema ready to be compared: what only informs is set apart, the order of what has none is settled, and references
// are followed within it.

import type { JsonSchema } from '#sandbox';
import { canonicalJson } from '#host/base';

/** A schema without annotations. */
export type Schema = boolean | SchemaObject;
/** One that is not simply true or false. */
export type SchemaObject = { readonly [keyword: string]: unknown };

/** Annotations of one place: keyword → canonical text. */
export type Notes = ReadonlyMap<string, string>;

/** What of a keyword's value is a schema. */
type Holder = 'schema' | 'list' | 'map';

const HOLDERS: ReadonlyMap<string, Holder> = new Map([
  ...keywords('$defs definitions dependencies dependentSchemas patternProperties properties', 'map'),
  ...keywords('allOf anyOf oneOf prefixItems', 'list'),
  ...keywords('additionalProperties contains else if items not propertyNames then', 'schema'),
  ...keywords('unevaluatedItems unevaluatedProperties', 'schema'),
]);

/** Keywords with plain values that decide what is valid, or what callers must send. All others only inform. */
const DECIDING: ReadonlySet<string> = new Set(
  (
    '$ref $dynamicRef $id $anchor $dynamicAnchor type nullable enum const format multipleOf minimum maximum ' +
    'exclusiveMinimum exclusiveMaximum minLength maxLength pattern minItems maxItems uniqueItems minContains ' +
    'maxContains minProperties maxProperties required dependentRequired x-mcp-header'
  ).split(' '),
);

/** Lists whose order says nothing. */
const UNORDERED: ReadonlySet<string> = new Set(['type', 'enum', 'required']);

/** Where a schema stands, and where the values stand that it describes. */
interface Place {
  readonly pointer: string;
  readonly path: string;
}

/** A document and what it refers to. */
export class SchemaDocument {
  readonly root: Schema;
  /** Whether every reference leads to a schema here; ids and dynamic references are not followed. */
  readonly isFollowable: boolean;
  readonly #notes = new Map<string, Map<string, string>>();
  /** What a reference can name → the schema. */
  readonly #targets = new Map<string, Schema>();
  readonly #references = new Set<string>();
  #hasScopes = false;

  constructor(schema: JsonSchema) {
    this.root = this.#read(schema, { pointer: '', path: '' });
    this.isFollowable = !this.#hasScopes && [...this.#references].every((ref) => this.#targets.has(decode(ref)));
  }

  /** The schema a `$ref` names. Only of a followable document. */
  resolve(ref: string): Schema {
    return this.#targets.get(decode(ref)) ?? true;
  }

  /** Place of a value → the annotations of its schemas; an entry for every place there is. */
  get notes(): ReadonlyMap<string, Notes> {
    return this.#notes;
  }

  #read(schema: unknown, place: Place): Schema {
    const read = typeof schema === 'object' && schema !== null ? this.#readObject(schema, place) : schema === true;
    this.#targets.set(`#${place.pointer}`, read);
    if (typeof read === 'boolean') return read;
    for (const name of ['$anchor', '$dynamicAnchor']) {
      if (typeof read[name] === 'string') this.#targets.set(`#${read[name]}`, read);
    }
    if (typeof read['$ref'] === 'string') this.#references.add(read['$ref']);
    if ('$dynamicRef' in read || ('$id' in read && place.pointer !== '')) this.#hasScopes = true;
    return read;
  }

  #readObject(schema: object, place: Place): Schema {
    const notes = this.#notesAt(place.path);
    const entries: [string, unknown][] = [];
    for (const [name, value] of Object.entries(schema)) {
      if (HOLDERS.has(name)) entries.push([name, this.#readHeld(name, value, place)]);
      else if (DECIDING.has(name)) entries.push([name, UNORDERED.has(name) ? inOrder(value) : value]);
      else notes.set(name, `${notes.get(name) ?? ''} ${canonicalJson(value)}`);
    }
    return entries.length === 0 ? true : Object.fromEntries(entries);
  }

  #readHeld(keyword: string, value: unknown, outer: Place): unknown {
    const pointer = placeWithin(outer.pointer, keyword);
    const read = (entry: unknown, key: string): unknown => {
      // A property may depend on a list of names.
      if (Array.isArray(entry)) return inOrder(entry);
      return this.#read(entry, { pointer: placeWithin(pointer, key), path: pathWithin(outer.path, keyword, key) });
    };
    switch (HOLDERS.get(keyword)) {
      case 'list':
        return (value as unknown[]).map((entry, index) => read(entry, String(index)));
      case 'map':
        return Object.fromEntries(Object.entries(value as object).map(([key, entry]) => [key, read(entry, key)]));
      case 'schema':
      case undefined:
        return this.#read(value, { pointer, path: pathWithin(outer.path, keyword, '') });
    }
  }

  #notesAt(path: string): Map<string, string> {
    const known = this.#notes.get(path);
    if (known !== undefined) return known;
    const notes = new Map<string, string>();
    this.#notes.set(path, notes);
    return notes;
  }
}

function keywords(names: string, holder: Holder): readonly [string, Holder][] {
  return names.split(' ').map((name) => [name, holder]);
}

/** The place of the values that a schema under this keyword describes. */
function pathWithin(path: string, keyword: string, key: string): string {
  switch (keyword) {
    case 'properties':
    case 'prefixItems':
      return placeWithin(path, key);
    case 'items':
    case 'contains':
    case 'additionalProperties':
    case 'patternProperties':
    case 'unevaluatedItems':
    case 'unevaluatedProperties':
      return `${path}/*`;
    case '$defs':
    case 'definitions':
      return placeWithin(placeWithin(path, keyword), key);
    default:
      return path;
  }
}

/** A property or item within a place, as JSON pointer. */
export function placeWithin(path: string, key: string): string {
  return `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function inOrder(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value
    .map((entry) => ({ entry: entry as unknown, text: canonicalJson(entry) }))
    .toSorted((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ entry }) => entry);
}

function decode(ref: string): string {
  try {
    return decodeURIComponent(ref);
  } catch {
    return ref;
  }
}
