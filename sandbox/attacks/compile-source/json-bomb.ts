// A file of JSON, 100,000 levels deep, that the compiler has to read and write.

import type { Attack } from '../attack.ts';

export default {
  aim: 'imports JSON that is 100,000 levels deep',
  make: {
    source: `import data from './data.json';\nexport default { run: () => ({ data }) };`,
    files: { 'data.json': `${'['.repeat(100_000)}${']'.repeat(100_000)}` },
  },
  reaches: 'compile',
  ends: { codes: ['COMPILE_FAILED', 'MAKING_CRASHED', 'MAKING_TIMEOUT', 'COMPILE_OUTPUT_LIMIT'] },
  control: {
    make: {
      source: `import data from './data.json';\nexport default { run: () => ({ data }) };`,
      files: { 'data.json': `${'['.repeat(50)}${']'.repeat(50)}` },
    },
  },
} satisfies Attack;
