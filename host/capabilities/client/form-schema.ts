// The schema of a form: MCP's flat object of primitives, and nothing besides.
//
// @see https://modelcontextprotocol.io/specification/2025-11-25/client/elicitation#requested-schema

import { createSchemaChecker, type JsonSchema, type SchemaVerdict } from '#sandbox';
import { askInvalid, isRecord, readRecord, readShownText, refuseDeceiving, shown } from './arguments.ts';
import { fitsField } from './form-content.ts';
import { choicesOf, type FormField, type FormSchema } from './form-field.ts';
import { refuseSecrets } from './secrets.ts';

const MAX_FIELDS = 32;
const MAX_CHOICES = 200;
const MAX_LABEL = 200;
const MAX_DESCRIPTION = 1000;
const FIELD_NAME = /^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/;

/** The schema of a form, checked; without one, a form that only asks for consent. @throws ASK_INVALID */
export function readFormSchema(value: unknown): FormSchema {
  if (value === undefined) return { type: 'object', properties: {} };
  const schema = readRecord(value, 'the schema', ['$schema', 'type', 'properties', 'required']);
  if (schema['type'] !== 'object') throw askInvalid('the schema is not of type "object"');
  const given = schema['properties'] ?? {};
  if (!isRecord(given)) throw askInvalid('the properties of the schema are not an object');
  const names = Object.keys(given);
  if (names.length > MAX_FIELDS)
    throw askInvalid(`the schema has ${names.length} properties, over the ${MAX_FIELDS} there may be`);
  const properties = Object.fromEntries(names.map((name) => [name, readField(name, given[name])]));
  const required = readRequired(schema['required'], properties);
  return { type: 'object', properties, ...(required === undefined ? {} : { required }) };
}

function readRequired(value: unknown, properties: FormSchema['properties']): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const isKnown = (name: unknown): boolean => typeof name === 'string' && Object.hasOwn(properties, name);
  if (!Array.isArray(value) || value.length > MAX_FIELDS || !value.every(isKnown)) {
    throw askInvalid('"required" is not a list of the properties of the schema');
  }
  return value as readonly string[];
}

function readField(name: string, value: unknown): FormField {
  if (!FIELD_NAME.test(name) || name === '__proto__') throw askInvalid(`no property can be called ${shown(name)}`);
  const where = `the property ${shown(name)}`;
  if (!isRecord(value)) throw askInvalid(`${where} is not an object`);
  const verdict = checkerFor(value)?.(value) ?? NO_KIND;
  if (!verdict.ok) throw askInvalid(`${where} ${problemOf(verdict)}`, { property: name, errors: verdict.errors });
  const field = value as unknown as FormField;
  checkLabels(name, where, field);
  checkBounds(where, field);
  return field;
}

function problemOf({ errors: [first] }: SchemaVerdict & { readonly ok: false }): string {
  return first === undefined ? 'is not valid' : `${first.path === '' ? '' : `at ${first.path} `}${first.message}`;
}

function checkLabels(name: string, where: string, field: FormField): void {
  refuseSecrets(name, where);
  const labels = [field.title, field.description, ...choicesOf(field).map(({ title }) => title)];
  for (const label of labels) {
    if (label === undefined) continue;
    readShownText(label, `a text of ${where}`, MAX_DESCRIPTION);
    refuseSecrets(label, `a text of ${where}`);
  }
  if (field.type === 'string') refuseDeceiving(field.default ?? '', `the default of ${where}`);
}

function checkBounds(where: string, field: FormField): void {
  const values = choicesOf(field).map((choice) => choice.const);
  if (new Set(values).size < values.length) throw askInvalid(`${where} offers one choice twice`);
  if ('enumNames' in field && field.enumNames?.length !== values.length) {
    throw askInvalid(`${where} has not one name for each choice`);
  }
  const [least, most] = boundsOf(field);
  if (least !== undefined && most !== undefined && least > most) throw askInvalid(`${where} has bounds nothing fits`);
  if (field.default !== undefined && !fitsField(field.default, field)) {
    throw askInvalid(`the default of ${where} is none of its values`);
  }
}

function boundsOf(field: FormField): readonly [number | undefined, number | undefined] {
  switch (field.type) {
    case 'array':
      return [field.minItems, Math.min(field.maxItems ?? Infinity, choicesOf(field).length)];
    case 'number':
    case 'integer':
      return [field.minimum, field.maximum];
    case 'string':
      return 'enum' in field || 'oneOf' in field ? [undefined, undefined] : [field.minLength, field.maxLength];
    case 'boolean':
      return [undefined, undefined];
  }
}

/** The kinds of fields there are, told apart by what only they have. */
function checkerFor(field: Readonly<Record<string, unknown>>): ((value: unknown) => SchemaVerdict) | undefined {
  switch (field['type']) {
    case 'string':
      if ('enum' in field) return CHECKERS.enum;
      return 'oneOf' in field ? CHECKERS.oneOf : CHECKERS.string;
    case 'number':
    case 'integer':
      return CHECKERS.number;
    case 'boolean':
      return CHECKERS.boolean;
    case 'array':
      return CHECKERS.array;
    default:
      return undefined;
  }
}

const NO_KIND: SchemaVerdict = {
  ok: false,
  errors: [{ path: '/type', message: 'must be string, number, integer, boolean, or array of choices' }],
};

const LABELS = {
  title: { type: 'string', maxLength: MAX_LABEL },
  description: { type: 'string', maxLength: MAX_DESCRIPTION },
};
const COUNT = { type: 'integer', minimum: 0, maximum: 1_000_000 };
const VALUE = { type: 'string', minLength: 1, maxLength: MAX_LABEL };
const VALUES = { type: 'array', minItems: 1, maxItems: MAX_CHOICES, items: VALUE };
const CHOICES = {
  type: 'array',
  minItems: 1,
  maxItems: MAX_CHOICES,
  items: {
    type: 'object',
    properties: { const: VALUE, title: { type: 'string', minLength: 1, maxLength: MAX_LABEL } },
    required: ['const', 'title'],
    additionalProperties: false,
  },
};

function kind(properties: JsonSchema, ...required: readonly string[]): (value: unknown) => SchemaVerdict {
  const all = { type: { type: 'string' }, ...LABELS, ...properties };
  return createSchemaChecker({ type: 'object', properties: all, required, additionalProperties: false });
}

const CHECKERS = {
  string: kind({
    minLength: COUNT,
    maxLength: COUNT,
    format: { enum: ['email', 'uri', 'date', 'date-time'] },
    default: { type: 'string', maxLength: MAX_DESCRIPTION },
  }),
  enum: kind({ enum: VALUES, enumNames: VALUES, default: VALUE }, 'enum'),
  oneOf: kind({ oneOf: CHOICES, default: VALUE }, 'oneOf'),
  number: kind({ minimum: { type: 'number' }, maximum: { type: 'number' }, default: { type: 'number' } }),
  boolean: kind({ default: { type: 'boolean' } }),
  array: kind(
    {
      items: {
        type: 'object',
        properties: { type: { const: 'string' }, enum: VALUES, anyOf: CHOICES },
        oneOf: [{ required: ['type', 'enum'] }, { required: ['anyOf'] }],
        additionalProperties: false,
      },
      minItems: COUNT,
      maxItems: COUNT,
      default: { type: 'array', maxItems: MAX_CHOICES, items: VALUE },
    },
    'items',
  ),
};
