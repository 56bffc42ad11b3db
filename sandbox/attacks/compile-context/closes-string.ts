// A text that closes the string it might stand in and goes on as code. It comes out as the text it is.

import type { Attack } from '../attack.ts';

export default {
  aim: 'fills in code after a closing quote',
  make: { template: {}, context: { value: '"};process.exit();//' } },
  reaches: 'run',
  ends: { output: { value: '"};process.exit();//' } },
} satisfies Attack;
