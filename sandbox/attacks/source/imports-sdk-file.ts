// A path below the module the tool does have. Only the module itself is known.

import type { Attack } from '../attack.ts';

export default {
  aim: 'reaches below the module glovebox',
  make: { source: "import x from 'glovebox/../../package.json';\nexport default { run: () => ({ x }) };" },
  reaches: 'compile',
  ends: { codes: ['COMPILE_IMPORT_REFUSED'] },
} satisfies Attack;
