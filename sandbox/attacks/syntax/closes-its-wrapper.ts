// Ends the function a tool's script is wrapped in, to run outside of it. The compiler takes whole programs only.

import type { Attack } from '../attack.ts';

export default {
  aim: 'closes the function it is wrapped in',
  make: { source: '}; })(); globalThis.escaped = true; (() => { var x = {\nexport default {};' },
  reaches: 'compile',
  ends: { codes: ['COMPILE_FAILED'], at: { file: 'tool.ts', line: 1 } },
  control: {
    make: {
      source: '(() => { globalThis.escaped = true; (() => { var x = {}; })(); });\nexport default { run: () => ({}) };',
    },
  },
} satisfies Attack;
