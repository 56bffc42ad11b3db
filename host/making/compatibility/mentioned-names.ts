// Which property names a schema says anything about, anywhere.

import type { Budget } from './budget.ts';
import type { Schema, SchemaDocument, SchemaObject } from './schema-document.ts';

/** Names, or all there are. */
export type Names = ReadonlySet<string> | 'all';

/** Collects the names that schemas of one place mention, their alternatives and conditions included. */
export function mentionedNames(schemas: readonly Schema[], document: SchemaDocument, budget: Budget): Names {
  const names = new Set<string>();
  const met = new Set<Schema>();
  const waiting = [...schemas];
  for (let schema = waiting.pop(); schema !== undefined; schema = waiting.pop()) {
    if (!budget.spend(1)) return 'all';
    if (typeof schema === 'boolean' || met.has(schema)) continue;
    met.add(schema);
    if (mentionsAll(schema)) return 'all';
    for (const name of namesOf(schema)) names.add(name);
    waiting.push(...sidesOf(schema));
    if (typeof schema['$ref'] === 'string') waiting.push(document.resolve(schema['$ref']));
  }
  return names;
}

function mentionsAll(schema: SchemaObject): boolean {
  if ('patternProperties' in schema || 'propertyNames' in schema) return true;
  return ['additionalProperties', 'unevaluatedProperties'].some((keyword) => typeof schema[keyword] === 'object');
}

function namesOf(schema: SchemaObject): readonly string[] {
  const dependencies = ['dependentRequired', 'dependencies'].flatMap((keyword) => entriesOf(schema, keyword));
  return [
    ...((schema['required'] ?? []) as readonly string[]),
    ...[...entriesOf(schema, 'properties'), ...entriesOf(schema, 'dependentSchemas'), ...dependencies].map(
      ([name]) => name,
    ),
    ...dependencies.flatMap(([, names]) => (Array.isArray(names) ? (names as readonly string[]) : [])),
  ];
}

/** The schemas beside this one that speak about the same value. */
function sidesOf(schema: SchemaObject): readonly Schema[] {
  const lists = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => (schema[keyword] ?? []) as readonly Schema[]);
  const single = ['not', 'if', 'then', 'else'].map((keyword) => (schema[keyword] ?? true) as Schema);
  const depending = [...entriesOf(schema, 'dependentSchemas'), ...entriesOf(schema, 'dependencies')]
    .map(([, entry]) => entry)
    .filter((entry) => !Array.isArray(entry)) as Schema[];
  return [...lists, ...single, ...depending];
}

function entriesOf(schema: SchemaObject, keyword: string): readonly [string, unknown][] {
  return Object.entries(schema[keyword] ?? {});
}
