// A JSON Schema as a table of its fields: path, type, whether it must be there, what it means.

import type { Json, JsonSchema } from '#sandbox';
import { formatTable, type TableOptions } from './table.ts';

/** Deeper fields are in the schema itself; a table of them would be read by nobody. */
const MAX_DEPTH = 4;

/** One row per field, nested ones by their path. */
export function formatFields(schema: JsonSchema, options: TableOptions): string {
  const rows = fieldRows(schema);
  if (rows.length === 0) return 'takes anything';
  return formatTable(['field', 'type', 'required', 'meaning'], rows, options);
}

/** Path, type, whether it is required (or its default), meaning: of each field, in the order of the schema. */
export function fieldRows(schema: JsonSchema, prefix = '', depth = 0): string[][] {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(asObject(schema['properties'])).flatMap(([name, value]) => {
    const field = asObject(value);
    const path = prefix + name;
    const row = [
      path,
      typeText(field),
      required.includes(name) ? 'yes' : defaultText(field),
      text(field['description']),
    ];
    if (depth === MAX_DEPTH) return [row];
    return [
      row,
      ...fieldRows(field, `${path}.`, depth + 1),
      ...fieldRows(asObject(field['items']), `${path}[].`, depth + 1),
    ];
  });
}

function typeText(field: JsonSchema): string {
  if (Array.isArray(field['enum'])) return field['enum'].map((each) => JSON.stringify(each)).join(' | ');
  if (field['const'] !== undefined) return JSON.stringify(field['const']);
  const type = Array.isArray(field['type']) ? field['type'].join(' | ') : text(field['type']);
  if (type !== 'array') return type === '' ? 'any' : type;
  return `${typeText(asObject(field['items']))}[]`;
}

function defaultText(field: JsonSchema): string {
  return field['default'] === undefined ? 'no' : `no (${JSON.stringify(field['default'])})`;
}

function asObject(value: Json | undefined): JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonSchema) : {};
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
