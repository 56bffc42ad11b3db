// The files of one tool, joined otherwise, give the text of another: a digest over joined text would be the same.

import type { Attack } from '../attack.ts';

export default {
  aim: 'is made of the joined files of another tool',
  make: {
    source: "import './a.ts';\nconsole.log('the attack runs');\nexport default { run: () => ({ of: 'two files' }) };",
    files: { 'a.ts': '// b.ts\n//\n' },
  },
  before: [
    {
      make: {
        source: "import './a.ts';\nimport './b.ts';\nexport default { run: () => ({ of: 'three files' }) };",
        files: { 'a.ts': '', 'b.ts': '//\n' },
      },
      inputs: [{}],
    },
  ],
  reaches: 'run',
  ends: { output: { of: 'two files' } },
} satisfies Attack;
