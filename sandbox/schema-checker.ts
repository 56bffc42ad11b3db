// Checks values against this repository's own schemas: maker tools' inputs, template.json, manifests. A stranger's schema
// never comes here: its validator is a stranger's code, which only the jail runs.

import { createRequire } from 'node:module';

import type * as ajv2020 from 'ajv/dist/2020.js';
import type { JsonSchema } from './manifest.ts';

/** One thing that is wrong with a value. */
export interface SchemaProblem {
  /** JSON pointer; '' is the value itself. */
  readonly path: string;
  /** Completes "<path> …". */
  readonly message: string;
}

/** What a check came to. */
export type SchemaVerdict = { readonly ok: true } | { readonly ok: false; readonly errors: readonly SchemaProblem[] };

/**
 * A check against a trusted schema (2020-12, no `format`), compiled when it is first used.
 *
 * It stops at the first problem (and the alternatives that failed with it): the values are strangers', and looking for
 * all problems of a long list would block the host.
 */
export function createSchemaChecker(schema: JsonSchema): (value: unknown) => SchemaVerdict {
  let validate: ajv2020.ValidateFunction | undefined;
  return (value) => {
    validate ??= getCompiler().compile(schema);
    if (validate(value)) return { ok: true };
    return { ok: false, errors: (validate.errors ?? []).slice(0, MAX_PROBLEMS).map(toProblem) };
  };
}

const MAX_PROBLEMS = 20;

let compiler: ajv2020.Ajv2020 | undefined;

/** Loaded on demand: most commands check nothing, and ajv is slow to load. */
function getCompiler(): ajv2020.Ajv2020 {
  if (compiler === undefined) {
    const { Ajv2020 } = createRequire(import.meta.url)('ajv/dist/2020.js') as typeof ajv2020;
    // Strict mode finds our own typos; the meta-schema would find little more and takes longer than all of them.
    compiler = new Ajv2020({
      strict: true,
      strictRequired: false,
      ownProperties: true,
      meta: false,
      validateSchema: false,
    });
  }
  return compiler;
}

function toProblem({ instancePath, keyword, params, message }: ajv2020.ErrorObject): SchemaProblem {
  const path = instancePath;
  if (keyword === 'additionalProperties')
    return { path, message: `has the unknown property "${params['additionalProperty']}"` };
  if (keyword === 'enum') return { path, message: `must be one of ${JSON.stringify(params['allowedValues'])}` };
  return { path, message: message ?? `does not satisfy "${keyword}"` };
}
