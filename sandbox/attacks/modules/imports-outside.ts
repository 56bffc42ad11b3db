// A file above the tool's own folder. Paths are resolved within the given files only.

import type { Attack } from '../attack.ts';

export default {
  aim: 'imports a file outside',
  make: { source: "import data from '../../../../etc/hostname';\nexport default { run: () => ({ data }) };" },
  reaches: 'compile',
  ends: { codes: ['COMPILE_IMPORT_REFUSED'], at: { file: 'tool.ts', line: 1 } },
  control: {
    make: {
      source: "import data from './etc/hostname.json';\nexport default { run: () => ({ data }) };",
      files: { 'etc/hostname.json': '{}' },
    },
  },
} satisfies Attack;
