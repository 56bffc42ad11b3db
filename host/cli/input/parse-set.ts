// A set of tools as a user writes it down.

import { createSchemaChecker, type JsonSchema } from '#sandbox';
import { hostError } from '#host/base';
import type { SetTool } from '#host/making';

/** What was written. */
export interface WrittenSet {
  readonly context?: unknown;
  readonly tools: readonly (Omit<SetTool, 'template'> & { readonly template: string })[];
}

const SET_SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['tools'],
  properties: {
    context: { type: 'object' },
    tools: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['template'],
        properties: {
          template: { type: 'string' },
          name: { type: 'string' },
          context: { type: 'object' },
          constraints: { type: 'object' },
        },
      },
    },
  },
};

const check = createSchemaChecker(SET_SCHEMA);

/** The set, if it has the shape of one; how many tools it may have is the maker's to say. @throws REQUEST_INVALID */
export function parseSet(value: unknown): WrittenSet {
  const verdict = check(value);
  if (verdict.ok) return value as WrittenSet;
  const [first] = verdict.errors;
  const problem = `${first?.path ?? ''} ${first?.message ?? ''}`.trim();
  const message = `the set is not { "context": {…}, "tools": [{ "template": … }, …] }: ${problem}`;
  throw hostError('REQUEST_INVALID', message, { path: first?.path ?? '', errors: verdict.errors });
}
