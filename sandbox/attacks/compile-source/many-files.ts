// A thousand files. Refused by their count.

import type { Attack } from '../attack.ts';

export default {
  aim: 'submits a thousand files',
  make: {
    source: 'export default { run: () => ({}) };',
    files: Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`f${index}.ts`, ''])),
  },
  reaches: 'find',
  ends: { codes: ['SOURCE_INVALID'] },
  control: {
    make: {
      source: 'export default { run: () => ({}) };',
      files: Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`f${index}.ts`, ''])),
    },
  },
} satisfies Attack;
