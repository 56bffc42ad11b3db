// Checks what a template is filled with, and fills in what its schema has defaults for.

import { sandboxError } from '../../errors.ts';
import { readSchema } from './bounds.ts';
import type { ValidationError } from './describe-error.ts';
import { generateValidator } from './generate.ts';
import { isNestedDeeperThan } from './nesting.ts';
import { findErrors, runtime, type GeneratedValidator } from './runtime.ts';

/** Brackets open at once in a context's text. */
const MAX_DEPTH = 64;
const MAX_IN_MESSAGE = 3;

/**
 * The schema of a template's contexts as code for {@link checkContext}.
 *
 * @param allErrors whether to look for every error, or for the first one only
 * @throws SCHEMA_INVALID, SCHEMA_LIMIT, SCHEMA_REF_REMOTE, SCHEMA_PATTERN_UNSAFE, SCHEMA_HEADER_UNSUPPORTED with
 * `data: { schema: 'context', path }`: a template's author is a stranger too
 */
export function compileContextSchema(schemaText: string, allErrors: boolean): string {
  return generateValidator(readSchema(schemaText, 'context'), { allErrors, useDefaults: true });
}

/**
 * The context's JSON text with defaults filled in.
 *
 * @param validator what {@link compileContextSchema} made of its schema
 * @throws CONTEXT_INVALID with `data: { errors: [{ path, message, keyword, allowed? }] }`, at most 20, sorted by path
 */
export function checkContext(validator: string, contextText: string): string {
  const context = parseContext(contextText);
  const errors = findErrors(evaluate(validator), context);
  if (errors.length > 0) refuseContext(errors.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)));
  return JSON.stringify(context);
}

function parseContext(text: string): unknown {
  if (isNestedDeeperThan(text, MAX_DEPTH)) {
    const message = `must not be nested more than ${MAX_DEPTH} brackets deep`;
    refuseContext([{ path: '', message, keyword: 'limit' }]);
  }
  try {
    const context: unknown = JSON.parse(text);
    dropPrototypes(context);
    return context;
  } catch {
    return refuseContext([{ path: '', message: 'must be JSON', keyword: 'json' }]);
  }
}

/** Else a default for a property named `constructor` or `__proto__` would find one already there. */
function dropPrototypes(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) Object.setPrototypeOf(value, null);
  for (const entry of Object.values(value)) dropPrototypes(entry);
}

/** Runs generated code right here: the workshop's isolate holds nothing that its schema's author may not have. */
function evaluate(code: string): GeneratedValidator {
  // oxlint-disable-next-line typescript/no-implied-eval -- this is where the generated code is meant to run
  const link = new Function('runtime', `"use strict"; return (${code})(runtime);`) as (
    parts: object,
  ) => GeneratedValidator;
  return link({ link: runtime.link, check: (validate: GeneratedValidator) => validate });
}

function refuseContext(errors: readonly ValidationError[]): never {
  const lines = errors.slice(0, MAX_IN_MESSAGE).map(({ path, message }) => `context${path} ${message}`);
  const rest = errors.length - lines.length;
  const more = rest > 0 ? `; and ${rest} more` : '';
  throw sandboxError('CONTEXT_INVALID', lines.join('; ') + more, { errors });
}
