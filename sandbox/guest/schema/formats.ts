// The formats validators know, as functions: one copy serves every tool, and none of them takes quadratic time.
//
// The strict definitions of ajv-formats ("2024-02-30" is no date); a format that is not here is an annotation, as
// 2020-12 has it.

import { fullFormats } from 'ajv-formats/dist/formats.js';

/** One format: for strings, or for numbers. */
export interface Format {
  readonly type: 'string' | 'number';
  readonly validate: (value: never) => boolean;
}

/** The pattern of `url` is quadratic in what stands before an "@"; longer ones are nothing a browser takes either. */
const MAX_URL_CHARACTERS = 2048;

/** Every format, by name. */
export const FORMATS: Readonly<Record<string, Format>> = Object.fromEntries(
  Object.entries(fullFormats).flatMap(([name, definition]) => {
    const format = toFormat(definition);
    return format === undefined ? [] : [[name, name === 'url' ? bounded(format) : format]];
  }),
);

/** Ajv's formats are patterns, functions, objects holding either, or `true` for "not checked". */
function toFormat(definition: unknown): Format | undefined {
  if (definition instanceof RegExp) return { type: 'string', validate: (value: string) => definition.test(value) };
  if (isPredicate(definition)) return { type: 'string', validate: definition };
  if (typeof definition !== 'object' || definition === null || !('validate' in definition)) return undefined;
  const inner = toFormat(definition.validate);
  const type = 'type' in definition && definition.type === 'number' ? 'number' : 'string';
  return inner === undefined ? undefined : { type, validate: inner.validate };
}

function isPredicate(definition: unknown): definition is Format['validate'] {
  return typeof definition === 'function';
}

function bounded(format: Format): Format {
  const validate = format.validate as (value: string) => boolean;
  return { ...format, validate: (value: string) => value.length <= MAX_URL_CHARACTERS && validate(value) };
}
