// An absolute place as a URL instead of a path, and a type-only import beside it, which is nothing.

import type { Attack } from '../attack.ts';

export default {
  aim: 'imports a file URL',
  make: {
    source: `import type { X } from 'node:fs';
import data from 'file:///etc/passwd';
export default { run: () => ({ data: data as X }) };`,
  },
  reaches: 'compile',
  ends: { codes: ['COMPILE_IMPORT_REFUSED'], at: { file: 'tool.ts', line: 2 } },
  control: {
    make: { source: "import type { X } from 'node:fs';\nexport default { run: () => ({ data: 1 as unknown as X }) };" },
  },
} satisfies Attack;
