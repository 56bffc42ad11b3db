// CommonJS instead of modules. Refused as any import is.

import type { Attack } from '../attack.ts';

export default {
  aim: 'requires child_process',
  make: {
    source:
      "declare const require: any;\nexport default { run: () => ({ x: require('child_process').execSync('id') }) };",
  },
  reaches: 'compile',
  ends: { codes: ['COMPILE_IMPORT_REFUSED'], at: { file: 'tool.ts', line: 2 } },
  control: {
    make: {
      source: "declare const require: any;\nexport default { run: () => ({ x: require('./child-process.ts').id }) };",
      files: { 'child-process.ts': 'export const id = 1;' },
    },
  },
} satisfies Attack;
