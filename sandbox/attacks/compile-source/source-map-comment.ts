// Names a file of the host as its source map, and a name of its own as its source. Neither is read.

import type { Attack } from '../attack.ts';

export default {
  aim: 'points its source map at a file of the host',
  make: { source: withComments("throw new Error('x');") },
  manifest: { examples: [{ input: {} }] },
  reaches: 'probe',
  ends: { codes: ['EXAMPLE_FAILED'], at: { stack: 'at Object.run (tool.ts:2:25)' } },
  control: { make: { source: withComments('return {};') } },
} satisfies Attack;

function withComments(body: string): string {
  return `export default {
  run(): object { ${body} },
};
//# sourceMappingURL=file:///etc/passwd
//# sourceURL=file:///etc/passwd`;
}
