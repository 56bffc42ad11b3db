// A comment as HTML has them hides a line from one parser and not from another.

import type { Attack } from '../attack.ts';

export default {
  aim: 'hides a line behind a comment of HTML',
  make: {
    source: `console.log('the attack runs');
let hidden = 1;
const text = '<!-- hidden = 2 -->';
export default { run: () => ({ hidden, text }) };`,
  },
  reaches: 'run',
  ends: { output: { hidden: 1, text: '<!-- hidden = 2 -->' } },
} satisfies Attack;
