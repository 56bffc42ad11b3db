// An absolute path. Refused by its shape.

import type { Attack } from '../attack.ts';

export default {
  aim: 'imports an absolute path',
  make: { source: "import data from '/etc/passwd';\nexport default { run: () => ({ data }) };" },
  reaches: 'compile',
  ends: { codes: ['COMPILE_IMPORT_REFUSED'] },
} satisfies Attack;
