// A name that ends early for whoever reads it as C does.

import type { Attack } from '../attack.ts';

export default {
  aim: 'imports a name with a NUL in it',
  make: {
    source: `import data from './lib.ts\\0.json';
export default { run: () => ({ data }) };`,
    files: { 'lib.ts': 'export default 1;' },
  },
  reaches: 'compile',
  ends: { codes: ['COMPILE_IMPORT_REFUSED'], at: { file: 'tool.ts', line: 1 } },
  control: {
    make: {
      source: "import data from './lib.ts';\nexport default { run: () => ({ data }) };",
      files: { 'lib.ts': 'export default 1;' },
    },
  },
} satisfies Attack;
