// What a stranger's schema may look like before anything is generated from it: small, flat, local, linear.

import { pointer, refuse, shorten, type SchemaRole } from './fault.ts';
import { isJsonObject, isNames, KEYWORDS, NOTE, type JsonObject, type Keyword } from './keywords.ts';
import { nearest } from './nearest.ts';
import { isNestedDeeperThan } from './nesting.ts';
import { checkParameterHeader, PARAMETER_HEADER } from './parameter-header.ts';
import { checkPattern } from './pattern/check-pattern.ts';
import { References, type Scope } from './references.ts';

/** The most a schema may hold. */
export const SCHEMA_BOUNDS = {
  /** Characters of JSON text. */
  characters: 256 * 1024,
  /** Brackets open at once, in the text. */
  depth: 32,
  /** Objects and booleans that stand where a schema stands. */
  subschemas: 2000,
  /** Subschemas side by side, summed along a path: generated code nests as deep, and V8 parses it on the stack. */
  breadth: 1000,
  /** `pattern` and keys of `patternProperties`, together. */
  patterns: 64,
} as const;

/** A schema that is safe to generate code from. */
export interface BoundedSchema {
  readonly role: SchemaRole;
  readonly schema: JsonObject;
  /** Patterns that take quadratic time: their strings are bounded at run time. */
  readonly slowPatterns: ReadonlySet<string>;
}

/** 2020-12 is the dialect; draft-07 is what older generators write, and is read as 2020-12. */
const DIALECTS: readonly unknown[] = [
  undefined,
  'https://json-schema.org/draft/2020-12/schema',
  'https://json-schema.org/draft/2020-12/schema#',
  'http://json-schema.org/draft-07/schema',
  'http://json-schema.org/draft-07/schema#',
];

/**
 * Reads a schema and checks it against every bound.
 *
 * Keywords nobody knows are refused (a typo must not switch a check off); `x-…` keywords and unknown formats are
 * annotations. Draft-07 schemas are read as 2020-12: what changed its meaning, a list under `items`, is refused.
 *
 * @throws SCHEMA_LIMIT when it is larger than {@link SCHEMA_BOUNDS}
 * @throws SCHEMA_INVALID when it is not a schema with `"type": "object"` at its root
 * @throws SCHEMA_REF_REMOTE when a reference leaves the document
 * @throws SCHEMA_PATTERN_UNSAFE when a pattern may take more than quadratic time
 * @throws SCHEMA_HEADER_UNSUPPORTED when `x-mcp-header` stands where, or names what, no header can be
 */
export function readSchema(text: string, role: SchemaRole): BoundedSchema {
  const schema = parseBounded(text, role);
  if (!isJsonObject(schema)) refuse('SCHEMA_INVALID', role, '', 'it must be a JSON object');
  const walk: Walk = {
    role,
    subschemas: 0,
    patterns: 0,
    slowPatterns: new Set(),
    headers: new Set(),
    references: new References(role),
  };
  visit(walk, schema, { path: '', breadth: 0, scope: { document: '', path: '' } });
  walk.references.assertLocal();
  if (schema['type'] !== 'object') refuse('SCHEMA_INVALID', role, '/type', 'the root must say "type": "object"');
  return { role, schema, slowPatterns: walk.slowPatterns };
}

/** Where a subschema stands. */
interface Place {
  readonly path: string;
  readonly breadth: number;
  readonly scope: Scope;
}

/** What is known of the whole schema so far. */
interface Walk {
  readonly role: SchemaRole;
  readonly slowPatterns: Set<string>;
  /** Names of `x-mcp-header`, in lower case. */
  readonly headers: Set<string>;
  readonly references: References;
  subschemas: number;
  patterns: number;
}

function parseBounded(text: string, role: SchemaRole): unknown {
  const { characters, depth } = SCHEMA_BOUNDS;
  if (text.length > characters) {
    refuse('SCHEMA_LIMIT', role, '', `it has ${text.length} of at most ${characters} characters; make it smaller`);
  }
  // Before parsing: what is deeper could overflow the stack of whoever walks it.
  if (isNestedDeeperThan(text, depth)) {
    refuse('SCHEMA_LIMIT', role, '', `it is nested more than ${depth} brackets deep; use $defs to make it flatter`);
  }
  try {
    return JSON.parse(text);
  } catch {
    return refuse('SCHEMA_INVALID', role, '', 'it is not JSON');
  }
}

/** Checks one subschema and those within it, and strips its annotations; its depth is bounded by the text's. */
function visit(walk: Walk, schema: unknown, place: Place): void {
  const { path } = place;
  if (++walk.subschemas > SCHEMA_BOUNDS.subschemas) {
    refuse('SCHEMA_LIMIT', walk.role, path, `it has more than ${SCHEMA_BOUNDS.subschemas} subschemas; make it smaller`);
  }
  if (typeof schema !== 'boolean' && !isJsonObject(schema)) {
    refuse('SCHEMA_INVALID', walk.role, path, 'a schema must be an object or a boolean');
  }
  const scope = walk.references.enter(schema, path, place.scope);
  if (typeof schema === 'boolean') return;
  const breadth = place.breadth + countBranches(schema);
  if (breadth > SCHEMA_BOUNDS.breadth) {
    refuse('SCHEMA_LIMIT', walk.role, path, `it has more than ${SCHEMA_BOUNDS.breadth} branches; split it with $ref`);
  }
  for (const [name, value] of Object.entries(schema)) {
    const at = pointer(path, name);
    const keyword = getKeyword(walk, name, at);
    if (!keyword.fits(value)) refuse('SCHEMA_INVALID', walk.role, at, `must be ${keyword.must}`);
    checkValue(walk, name, value, at);
    if (name === PARAMETER_HEADER) checkParameterHeader(value, { role: walk.role, schema, path }, walk.headers);
    visitWithin(walk, keyword, value, { path: at, breadth: DEFINITIONS.includes(name) ? 0 : breadth, scope });
    // INVARIANT: the compiler sees nothing that was not walked.
    if (keyword.annotates === true) delete schema[name];
  }
  moveProtoProperties(schema);
}

/** Each of them becomes a function of its own: they nest nothing. */
const DEFINITIONS: readonly string[] = ['$defs', 'definitions'];

/** How many checks of a schema are nested into each other when they become code. */
function countBranches(schema: JsonObject): number {
  let branches = 0;
  for (const [name, value] of Object.entries(schema)) {
    const holds = KEYWORDS.get(name)?.holds;
    const isGroup = holds === 'list' || holds === 'map' || name.startsWith('depend');
    if (DEFINITIONS.includes(name)) continue;
    if (isGroup && typeof value === 'object' && value !== null) branches += Object.keys(value).length;
    else if (holds === 'schema') branches += 1;
  }
  return branches;
}

function getKeyword(walk: Walk, name: string, at: string): Keyword {
  const keyword = KEYWORDS.get(name);
  if (keyword !== undefined) return keyword;
  if (name.startsWith('x-')) return NOTE;
  const meant = nearest(name, KEYWORDS.keys());
  const hint = meant === undefined ? 'annotations start with "x-"' : `did you mean "${meant}"?`;
  return refuse('SCHEMA_INVALID', walk.role, at, `"${shorten(name)}" is not a keyword of JSON Schema 2020-12; ${hint}`);
}

function checkValue(walk: Walk, name: string, value: unknown, at: string): void {
  if (name === '$schema' && !DIALECTS.includes(value)) {
    refuse('SCHEMA_INVALID', walk.role, at, 'only JSON Schema 2020-12 and draft-07 are understood');
  }
  if (name === 'pattern') countPattern(walk, String(value), at);
  if (name === 'patternProperties' && isJsonObject(value)) {
    for (const pattern of Object.keys(value)) countPattern(walk, pattern, pointer(at, pattern));
  }
  if (name === 'enum' || name === 'const' || name === 'default') refuseProtoKey(walk, value, at);
  if (name.startsWith('depend') && isJsonObject(value) && Object.hasOwn(value, '__proto__')) {
    refuse('SCHEMA_INVALID', walk.role, at, 'nothing can depend on the property "__proto__"');
  }
}

function countPattern(walk: Walk, pattern: string, at: string): void {
  if (++walk.patterns > SCHEMA_BOUNDS.patterns) {
    refuse('SCHEMA_LIMIT', walk.role, at, `it has more than ${SCHEMA_BOUNDS.patterns} patterns; use fewer`);
  }
  if (checkPattern(pattern, walk.role, at) === 'quadratic') walk.slowPatterns.add(pattern);
}

function visitWithin(walk: Walk, keyword: Keyword, value: unknown, place: Place): void {
  if (keyword.holds === 'schema') visit(walk, value, place);
  else if (keyword.holds !== undefined && typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) {
      if (keyword.holds === 'mapOfSchemasOrNames' && isNames(entry)) continue;
      visit(walk, entry, { ...place, path: pointer(place.path, key) });
    }
  }
}

/**
 * The compiler skips `__proto__` under `properties` and `patternProperties`; spelled otherwise it is checked like any name.
 *
 * SECURITY: without this an input could carry a `__proto__` that its schema never sees;
 * test/unit/sandbox/guest/schema/compile.test.ts holds it.
 */
function moveProtoProperties(schema: JsonObject): void {
  const patterns = schema['patternProperties'];
  const named = protoEntry(schema['properties']);
  const matched = protoEntry(patterns);
  if (named.length + matched.length === 0) return;
  schema['patternProperties'] = {
    ...(isJsonObject(patterns) ? patterns : {}),
    ...Object.fromEntries(named.map((entry) => ['^__proto__$', entry])),
    ...Object.fromEntries(matched.map((entry) => ['(?:__proto__)', entry])),
  };
}

function protoEntry(map: unknown): readonly unknown[] {
  return isJsonObject(map) && Object.hasOwn(map, '__proto__') ? [map['__proto__']] : [];
}

/** A `__proto__` key inside a literal of generated code would set a prototype instead. */
function refuseProtoKey(walk: Walk, value: unknown, at: string): void {
  if (typeof value !== 'object' || value === null) return;
  if (Object.hasOwn(value, '__proto__'))
    refuse('SCHEMA_INVALID', walk.role, at, 'a value cannot have a key "__proto__"');
  for (const entry of Object.values(value)) refuseProtoKey(walk, entry, at);
}
