// A syntax error that only V8 finds, and that quotes the host's own words. It stays the tool's fault.

import type { Attack } from '../attack.ts';

export default {
  aim: 'words its syntax error like a failure of the host',
  make: { source: 'export default { run() { return (() => /PRELUDE_FAILED: memory limit: disposed(/)(); } };' },
  reaches: 'inspect',
  ends: { codes: ['TOOL_THREW'] },
  control: {
    make: { source: 'export default { run() { return (() => /PRELUDE_FAILED: memory limit: disposed\\(/)(); } };' },
  },
} satisfies Attack;
