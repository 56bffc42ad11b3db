// The separator of another system. Where it counts, it leads out.

import type { Attack } from '../attack.ts';

export default {
  aim: 'imports by a path with backslashes',
  make: {
    source: `import data from './lib\\\\..\\\\..\\\\..\\\\etc\\\\passwd';
export default { run: () => ({ data }) };`,
  },
  reaches: 'compile',
  ends: { codes: ['COMPILE_IMPORT_REFUSED'], at: { file: 'tool.ts', line: 1 } },
  control: {
    make: {
      source: "import data from './lib/passwd.ts';\nexport default { run: () => ({ data }) };",
      files: { 'lib/passwd.ts': 'export default 1;' },
    },
  },
} satisfies Attack;
