// Source that is no program. Refused by the compiler, with file and line.

import type { Attack } from '../attack.ts';

export default {
  aim: 'submits source that does not parse',
  make: { source: 'export default { run( };' },
  reaches: 'compile',
  ends: { codes: ['COMPILE_FAILED'], at: { file: 'tool.ts', line: 1 } },
  control: { make: { source: 'export default { run() {} };' } },
} satisfies Attack;
