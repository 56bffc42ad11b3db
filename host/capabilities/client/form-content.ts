// What a person filled in, against the form it was asked for with.

import type { Json } from '#sandbox';
import { isRecord } from './arguments.ts';
import { choicesOf, type FormField, type FormSchema } from './form-field.ts';

const MAX_TEXT = 100_000;

/** The values of the form's own fields; undefined when one does not fit or is missing. Others are left out. */
export function readFormContent(content: unknown, schema: FormSchema): Readonly<Record<string, Json>> | undefined {
  const given = content ?? {};
  if (!isRecord(given)) return undefined;
  const filled = Object.entries(schema.properties).filter(([name]) => Object.hasOwn(given, name));
  if (!filled.every(([name, field]) => fitsField(given[name], field))) return undefined;
  if (schema.required?.some((name) => !Object.hasOwn(given, name)) === true) return undefined;
  return Object.fromEntries(filled.map(([name]) => [name, given[name] as Json]));
}

/** Whether a value is one of a field's. */
export function fitsField(value: unknown, field: FormField): boolean {
  switch (field.type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
    case 'integer':
      return fitsNumber(value, field);
    case 'string':
      if (typeof value !== 'string') return false;
      return 'enum' in field || 'oneOf' in field ? isChoice(value, field) : fitsText(value, field);
    case 'array':
      return fitsChoices(value, field);
  }
}

function fitsNumber(value: unknown, field: FormField & { readonly type: 'number' | 'integer' }): boolean {
  if (typeof value !== 'number' || (field.type === 'integer' && !Number.isInteger(value))) return false;
  return value >= (field.minimum ?? -Infinity) && value <= (field.maximum ?? Infinity);
}

function fitsText(text: string, field: Extract<FormField, { readonly maxLength?: number }>): boolean {
  if (text.length > MAX_TEXT) return false;
  // JSON Schema counts code points.
  const { length } = Array.from(text);
  if (length < (field.minLength ?? 0) || length > (field.maxLength ?? Infinity)) return false;
  return field.format === undefined || FORMATS[field.format](text);
}

function fitsChoices(value: unknown, field: FormField & { readonly type: 'array' }): boolean {
  if (!Array.isArray(value) || new Set(value).size < value.length) return false;
  if (value.length < (field.minItems ?? 0) || value.length > (field.maxItems ?? Infinity)) return false;
  return value.every((each: unknown) => isChoice(each, field));
}

function isChoice(value: unknown, field: FormField): boolean {
  return choicesOf(field).some((choice) => choice.const === value);
}

const FORMATS: Readonly<Record<'email' | 'uri' | 'date' | 'date-time', (text: string) => boolean>> = {
  email: (text) => text.length <= 320 && /^[^\s@]+@[^\s@]+$/.test(text),
  uri: (text) => URL.canParse(text),
  date: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && isDay(text),
  'date-time': (text) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(text) &&
    isDay(text.slice(0, 10)) &&
    !Number.isNaN(Date.parse(text)),
};

/** Whether the calendar has that day: `Date` alone would take 30 February for 2 March. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
