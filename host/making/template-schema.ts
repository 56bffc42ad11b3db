// What `template.json`, an example file and a manifest look like, as JSON Schema. Values inside schemas are checked in the workshop.

import type { JsonSchema } from '#sandbox';

const SEMVER = '^(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})(-[0-9A-Za-z.-]{1,60})?$';
const CATEGORY = '^[a-z][a-z0-9_-]{0,39}$';

/** A call to a tool, in a manifest's examples and a template's. */
const CALL_SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['input'],
  properties: { title: { type: 'string', maxLength: 200 }, input: {}, output: {} },
};
const CALLS_SCHEMA: JsonSchema = { type: 'array', maxItems: 20, items: CALL_SCHEMA };

/** `template.json`. */
export const TEMPLATE_SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'version', 'title', 'description', 'category', 'context'],
  properties: {
    name: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,63}$' },
    version: { type: 'string', pattern: SEMVER },
    title: { type: 'string', minLength: 1, maxLength: 200 },
    description: { type: 'string', minLength: 1, maxLength: 4000 },
    category: { type: 'string', pattern: CATEGORY },
    context: { type: 'object' },
    limits: { type: 'object' },
    grants: { type: 'object' },
    data: {
      type: 'array',
      maxItems: 50,
      uniqueItems: true,
      items: { type: 'string', pattern: '^[a-zA-Z0-9_-]{1,64}$' },
    },
  },
};

/** A manifest as its author writes it. */
export const MANIFEST_SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'description'],
  properties: {
    $schema: { type: 'string', maxLength: 500 },
    name: { type: 'string', pattern: '^[a-z][a-z0-9_]{0,63}$' },
    title: { type: 'string', minLength: 1, maxLength: 200 },
    description: { type: 'string', minLength: 1, maxLength: 8000 },
    version: { type: 'string', pattern: SEMVER },
    category: { type: 'string', pattern: CATEGORY },
    inputSchema: { type: 'object' },
    outputSchema: { type: 'object' },
    annotations: {
      type: 'object',
      additionalProperties: false,
      properties: {
        title: { type: 'string', maxLength: 200 },
        readOnlyHint: { type: 'boolean' },
        destructiveHint: { type: 'boolean' },
        idempotentHint: { type: 'boolean' },
        openWorldHint: { type: 'boolean' },
      },
    },
    task: {
      type: 'object',
      additionalProperties: false,
      required: ['support'],
      properties: { support: { enum: ['optional', 'required'] }, from: { enum: ['start', 'background'] } },
    },
    grants: { type: 'object' },
    limits: { type: 'object' },
    examples: CALLS_SCHEMA,
  },
};

/** A file of a template's `examples/`. */
export const EXAMPLE_SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['title', 'context', 'calls'],
  properties: { title: { type: 'string', minLength: 1, maxLength: 200 }, context: {}, calls: CALLS_SCHEMA },
};
