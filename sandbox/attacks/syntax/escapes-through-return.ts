// A `return` at the top level would hand the wrapper something else than the tool. The compiler refuses it.

import type { Attack } from '../attack.ts';

export default {
  aim: 'returns at the top level',
  make: { source: 'return { default: { run: () => ({}) } };\nexport default {};' },
  reaches: 'compile',
  ends: { codes: ['COMPILE_FAILED'], at: { file: 'tool.ts', line: 1 } },
  control: {
    make: { source: '(() => { return { default: { run: () => ({}) } }; })();\nexport default { run: () => ({}) };' },
  },
} satisfies Attack;
