// What the manifests of prompts and resources look like, as JSON Schema.

import type { JsonSchema } from '#sandbox';

const HEAD: Readonly<Record<string, JsonSchema>> = {
  $schema: { type: 'string', maxLength: 500 },
  name: { type: 'string', pattern: '^[a-z][a-z0-9_]{0,63}$' },
  title: { type: 'string', minLength: 1, maxLength: 200 },
  description: { type: 'string', minLength: 1, maxLength: 8000 },
  grants: { type: 'object' },
  limits: { type: 'object' },
};

/** A prompt's manifest as its author writes it. */
export const PROMPT_MANIFEST_SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    ...HEAD,
    arguments: {
      type: 'array',
      maxItems: 50,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name'],
        properties: {
          name: { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_.-]{0,63}$' },
          title: { type: 'string', minLength: 1, maxLength: 200 },
          description: { type: 'string', minLength: 1, maxLength: 2000 },
          required: { type: 'boolean' },
        },
      },
    },
  },
};

/** A resource's manifest as its author writes it. */
export const RESOURCE_MANIFEST_SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'uri'],
  properties: {
    ...HEAD,
    uri: { type: 'string', minLength: 1, maxLength: 2048 },
    mimeType: {
      type: 'string',
      maxLength: 200,
      pattern: '^[A-Za-z0-9][\\w!#$&^.+-]*/[A-Za-z0-9][\\w!#$&^.+-]*(; ?[\\w.=-]+)?$',
    },
    size: { type: 'integer', minimum: 0 },
    annotations: {
      type: 'object',
      additionalProperties: false,
      properties: {
        audience: { type: 'array', uniqueItems: true, maxItems: 2, items: { enum: ['user', 'assistant'] } },
        priority: { type: 'number', minimum: 0, maximum: 1 },
        lastModified: {
          type: 'string',
          maxLength: 40,
          pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2}))?$',
        },
      },
    },
    cache: {
      type: 'object',
      additionalProperties: false,
      required: ['ttlMs'],
      properties: {
        ttlMs: { type: 'integer', minimum: 0, maximum: 31_536_000_000 },
        scope: { enum: ['public', 'private'] },
      },
    },
  },
};
