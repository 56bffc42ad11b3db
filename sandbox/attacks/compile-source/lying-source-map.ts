// A source map of its own within a comment, that says another file and another line were at fault.

import type { Attack } from '../attack.ts';

const MAP = btoa(JSON.stringify({ version: 3, sources: ['/etc/passwd'], mappings: 'AAAA', sourcesContent: ['root'] }));

export default {
  aim: 'brings a source map along that lies',
  make: {
    source: `export default { run() { console.log('the attack runs'); throw new Error('x'); } };
//# sourceMappingURL=data:application/json;base64,${MAP}`,
  },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
