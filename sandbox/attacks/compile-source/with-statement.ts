// A statement of older JavaScript that makes any object a scope.

import type { Attack } from '../attack.ts';

export default {
  aim: 'opens an object as a scope',
  make: { source: `export default { run(input: any, host: any) { with (host) { return { a: log }; } } };` },
  reaches: 'compile',
  ends: { codes: ['COMPILE_FAILED'], at: { file: 'tool.ts', line: 1 } },
  control: {
    make: { source: 'export default { run(input: any, host: any) { { return { a: typeof host.log }; } } };' },
  },
} satisfies Attack;
