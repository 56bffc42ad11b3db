// The import that leads out stands in a file of its own, behind an honest entry.

import type { Attack } from '../attack.ts';

export default {
  aim: 'hides an import in another of its files',
  make: {
    source: `import { read } from './lib/deep/read.ts';
export default { run: () => ({ text: read() }) };`,
    files: {
      'lib/deep/read.ts':
        "export const zero = 0;\nexport const read = () => zero;\nexport { readFileSync } from '../../../node:fs';\n",
    },
  },
  reaches: 'compile',
  ends: { codes: ['COMPILE_IMPORT_REFUSED'], at: { file: 'lib/deep/read.ts', line: 3 } },
  control: {
    make: {
      source: "import { read } from './lib/deep/read.ts';\nexport default { run: () => ({ text: read() }) };",
      files: {
        'lib/deep/read.ts':
          "export const read = () => zero;\nexport { zero } from '../zero.ts';\nimport { zero } from '../zero.ts';\n",
        'lib/zero.ts': 'export const zero = 0;',
      },
    },
  },
} satisfies Attack;
