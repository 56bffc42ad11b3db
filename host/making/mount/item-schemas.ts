// What prompts and resources are asked and what they answer, as JSON Schema: the same for all, but for their arguments.
// The module `glovebox` writes these answers (`sandbox/guest/sdk`); the schemas hold whoever does without it to them.

import type { PromptManifest } from '#host/registry';
import type { JsonSchema } from '#sandbox';

/** Schemas of one item. */
export interface ItemSchemas {
  readonly inputSchema: JsonSchema;
  readonly outputSchema: JsonSchema;
}

const MAX_LISTED = 100;

const STRINGS: JsonSchema = { type: 'object', additionalProperties: { type: 'string' } };

/** A question for values an argument may have. */
const COMPLETE: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['argument', 'value', 'others'],
  properties: { argument: { type: 'string' }, value: { type: 'string' }, others: STRINGS },
};

/** Its answer. */
const COMPLETION: Readonly<Record<string, JsonSchema>> = {
  values: { type: 'array', maxItems: MAX_LISTED, items: { type: 'string' } },
  total: { type: 'integer', minimum: 0 },
  hasMore: { type: 'boolean' },
};

const MESSAGE: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['role', 'content'],
  properties: {
    role: { enum: ['user', 'assistant'] },
    content: { type: 'object', required: ['type'], properties: { type: { type: 'string' } } },
  },
};

const CONTENTS: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['uri'],
  properties: {
    uri: { type: 'string' },
    mimeType: { type: 'string' },
    text: { type: 'string' },
    blob: { type: 'string' },
  },
  oneOf: [{ required: ['text'] }, { required: ['blob'] }],
};

const PROMPT_OUTPUT: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    messages: { type: 'array', minItems: 1, maxItems: MAX_LISTED, items: MESSAGE },
    description: { type: 'string' },
    ...COMPLETION,
  },
  oneOf: [{ required: ['messages'] }, { required: ['values'] }],
};

const RESOURCE_OUTPUT: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: { contents: { type: 'array', maxItems: MAX_LISTED, items: CONTENTS }, ...COMPLETION },
  oneOf: [{ required: ['contents'] }, { required: ['values'] }],
};

const RESOURCE_INPUT: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: { uri: { type: 'string' }, variables: STRINGS, complete: COMPLETE },
  oneOf: [{ required: ['uri', 'variables'] }, { required: ['complete'] }],
};

/** The schemas of any resource. */
export const RESOURCE_SCHEMAS: ItemSchemas = { inputSchema: RESOURCE_INPUT, outputSchema: RESOURCE_OUTPUT };

/** The schemas of a prompt: an argument it does not know, or lacks, is told before anything runs. */
export function promptSchemas({ arguments: args }: PromptManifest): ItemSchemas {
  const given: JsonSchema = {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(args.map(({ name }) => [name, { type: 'string' }])),
    required: args.filter(({ required }) => required === true).map(({ name }) => name),
  };
  const inputSchema = {
    type: 'object',
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
    properties: { arguments: given, complete: COMPLETE },
  };
  return { inputSchema, outputSchema: PROMPT_OUTPUT };
}
