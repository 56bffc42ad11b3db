// A loader chosen by an import attribute. The resolver comes first.

import type { Attack } from '../attack.ts';

export default {
  aim: 'imports a file as text by an attribute',
  make: { source: "import x from '/etc/passwd' with { type: 'text' };\nexport default { run: () => ({ x }) };" },
  reaches: 'compile',
  ends: { codes: ['COMPILE_IMPORT_REFUSED', 'COMPILE_FAILED'] },
} satisfies Attack;
