// Pieces of schema that several maker tools share.

import { FINDING_KINDS, type JsonSchema } from '#sandbox';
import { answerOf } from './define.ts';

/** A tool's name as callers write it. */
export const TOOL_NAME: JsonSchema = {
  type: 'string',
  pattern: '^[a-z][a-z0-9_]{0,63}$',
  description: 'Name of a generated tool, as tools/list shows it: snake_case, at most 64 characters.',
};

/** A version number. */
export const VERSION_NUMBER: JsonSchema = {
  type: 'integer',
  minimum: 1,
  description: 'Version of the tool: 1, 2, 3 …',
};

/** Hex SHA-256 of a version. */
export const DIGEST: JsonSchema = {
  type: 'string',
  description: 'SHA-256 of the version, hex: equal digest, equal tool.',
};

/** Limits and their aliases; the jail's `parseLimits` reads them and refuses what it does not know. */
export const CONSTRAINTS: JsonSchema = {
  type: 'object',
  description:
    'What each run of the tool may use. Asking for more than a ceiling is refused, not clamped. Units: milliseconds and ' +
    'bytes; timeout is in seconds.',
  properties: {
    timeout: { type: 'number', description: 'Seconds of elapsed time per run; default 5, ceiling 30.' },
    max_memory: { type: 'string', description: 'Heap such as "128MB"; default 64MB, ceiling 512MB.' },
    max_cpu: { type: 'string', description: 'Share of one core such as "0.5 core".' },
    network_access: { type: 'string', description: '"none" or "restricted"; "full" is never granted.' },
    wallMs: { type: 'integer' },
    cpuMs: { type: 'integer' },
    heapBytes: { type: 'integer' },
    outputBytes: { type: 'integer' },
    logBytes: { type: 'integer' },
    hostCalls: { type: 'integer' },
  },
};

/** What a version changed against the one it took the place of. */
export const CHANGE: JsonSchema = {
  ...answerOf(
    {
      against: VERSION_NUMBER,
      kind: { type: 'string', enum: ['none', 'description', 'additive', 'breaking'] },
      changes: {
        type: 'array',
        items: answerOf(
          { role: { type: 'string' }, path: { type: 'string' }, kind: { type: 'string' }, what: { type: 'string' } },
          ['role', 'path', 'kind', 'what'],
        ),
      },
      more: { type: 'integer', description: 'How many more changes there are.' },
    },
    ['against', 'kind', 'changes'],
  ),
  description: 'What callers notice against the version it took the place of. Absent for the first.',
};

/** What reading the texts of a tool found suspicious: part of a step, and of a version in a list. */
export const FINDING_PROPERTIES: Readonly<Record<string, JsonSchema>> = {
  findings: {
    type: 'array',
    description:
      'What looks suspicious in its texts: hidden characters, obfuscated code, descriptions that give orders. A hint, not a ' +
      'verdict. Tell the user before you use a tool with warnings. Absent when nothing does.',
    items: answerOf(
      {
        kind: { type: 'string', enum: Object.keys(FINDING_KINDS) },
        severity: { type: 'string', enum: ['note', 'warning'] },
        where: {
          type: 'object',
          description: 'file, line (from 1) and column (from 0); or path, a JSON pointer into the manifest.',
        },
        excerpt: { type: 'string', description: 'What stands there; what does not show is written out.' },
        message: { type: 'string' },
      },
      ['kind', 'severity', 'where', 'excerpt', 'message'],
    ),
  },
  moreFindings: { type: 'integer', description: 'How many more there are, at least.' },
};

/** Consent to a breaking change. */
export const ALLOW_BREAKING: JsonSchema = {
  type: 'boolean',
  description:
    'Publish even if calls that work with the live version may fail with this one. Default false: such a change is refused ' +
    'with what it would break. Older versions stay callable as tool@1.',
};

/** What publishing or rolling back came to. */
export const PUBLISHED_PROPERTIES: Readonly<Record<string, JsonSchema>> = {
  tool: { type: 'string', description: 'Name of the tool; it is in tools/list now.' },
  version: VERSION_NUMBER,
  digest: DIGEST,
  unchanged: { type: 'boolean', description: 'True when that very version was live already.' },
};

/** What `generate_tool` and `create_tool` answer. */
export const MADE: JsonSchema = answerOf(
  {
    ...PUBLISHED_PROPERTIES,
    report: {
      type: 'array',
      description: 'What each step of the making did and how long it took.',
      items: answerOf(
        {
          step: { type: 'string', enum: ['find', 'check', 'render', 'compile', 'inspect', 'probe', 'publish'] },
          ms: { type: 'number' },
          verdict: { type: 'string', enum: ['ok', 'failed', 'skipped'] },
          detail: { type: 'string' },
          ...FINDING_PROPERTIES,
        },
        ['step', 'ms', 'verdict'],
      ),
    },
  },
  ['tool', 'version', 'digest', 'unchanged', 'report'],
);
