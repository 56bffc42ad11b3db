// Dots and slashes written as %2e and %2f. A path is the name of a file, and is not decoded.

import type { Attack } from '../attack.ts';

export default {
  aim: 'imports by a path with escapes',
  make: {
    source: `import data from './%2e%2e/%2fetc/passwd.json';
export default { run: () => ({ data }) };`,
  },
  reaches: 'compile',
  ends: { codes: ['COMPILE_IMPORT_REFUSED'], at: { file: 'tool.ts', line: 1 } },
  control: {
    make: {
      source: "import data from './etc/passwd.json';\nexport default { run: () => ({ data }) };",
      files: { 'etc/passwd.json': '{}' },
    },
  },
} satisfies Attack;
