// Names a file of the host as its source map, and a name of its own as its source. Neither is read.

import type { Attack } from '../attack.ts';

export default {
  aim: 'points its source map at a file of the host',
  make: {
    source: `export default { run() { console.log('the attack runs'); throw new Error('x'); } };
//# sourceMappingURL=file:///etc/passwd
//# sourceURL=file:///etc/passwd`,
  },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
