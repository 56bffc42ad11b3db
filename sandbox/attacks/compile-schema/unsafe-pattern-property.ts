// A pattern that backtracks for ever, as a key of `patternProperties`.

import type { Attack } from '../attack.ts';

export default {
  aim: 'hides a pattern that takes for ever among the properties',
  make: { body: '' },
  manifest: {
    inputSchema: { type: 'object', patternProperties: { '^(([a-z])+.)+[A-Z]([a-z])+$': { type: 'string' } } },
  },
  reaches: 'inspect',
  ends: {
    codes: ['SCHEMA_PATTERN_UNSAFE'],
    at: { part: 'manifest', path: '/patternProperties/^(([a-z])+.)+[A-Z]([a-z])+$' },
  },
  control: {
    manifest: {
      inputSchema: { type: 'object', patternProperties: { '^([a-z]+[.])+[A-Z][a-z]+$': { type: 'string' } } },
    },
  },
} satisfies Attack;
