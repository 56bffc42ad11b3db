// A text as the numbers of its characters.

import type { Attack } from '../attack.ts';

export default {
  aim: 'spells a text in numbers',
  make: {
    source: `const text = String.fromCharCode(112, 114, 111, 99, 101, 115, 115, 46, 101, 110, 118, 46, 72, 79, 77, 69, 46, 108, 101, 110, 103, 116, 104);
export default { run: () => ({ text }) };`,
  },
  reaches: 'inspect',
  ends: { reported: ['character-codes'] },
  control: { make: { source: "const text = 'process';\nexport default { run: () => ({ text }) };" } },
} satisfies Attack;
