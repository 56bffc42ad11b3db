// Waits at the top level, where no turn would ever go on. A script has no such thing.

import type { Attack } from '../attack.ts';

export default {
  aim: 'awaits at the top level',
  make: { source: 'await new Promise(() => {});\nexport default { run: () => ({}) };' },
  reaches: 'compile',
  ends: { codes: ['COMPILE_FAILED'], at: { file: 'tool.ts', line: 1 } },
  control: { make: { source: 'void new Promise(() => {});\nexport default { run: () => ({}) };' } },
} satisfies Attack;
