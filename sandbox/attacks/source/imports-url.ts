// Code from the network. Nothing is fetched.

import type { Attack } from '../attack.ts';

export default {
  aim: 'imports a URL',
  make: { source: "import x from 'https://example.com/x.js';\nexport default { run: () => ({ x }) };" },
  reaches: 'compile',
  ends: { codes: ['COMPILE_IMPORT_REFUSED'] },
} satisfies Attack;
