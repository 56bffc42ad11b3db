// A source map of its own within a comment, that says another file and another line were at fault. It is not read.

import type { Attack } from '../attack.ts';

const MAP = btoa(JSON.stringify({ version: 3, sources: ['/etc/passwd'], mappings: 'AAAA', sourcesContent: ['root'] }));

export default {
  aim: 'brings a source map along that lies',
  make: { source: withMap("throw new Error('x');") },
  manifest: { examples: [{ input: {} }] },
  reaches: 'probe',
  ends: { codes: ['EXAMPLE_FAILED'], at: { stack: 'at Object.run (tool.ts:2:25)' } },
  control: { make: { source: withMap('return {};') } },
} satisfies Attack;

function withMap(body: string): string {
  return `export default {
  run(): object { ${body} },
};
//# sourceMappingURL=data:application/json;base64,${MAP}`;
}
