// A package.json and a tsconfig.json among the tool's files, to map names onto paths. They are files like any other.

import type { Attack } from '../attack.ts';

export default {
  aim: 'brings its own package.json and tsconfig.json to alias a name',
  make: {
    source: "import x from 'alias';\nexport default { run: () => ({ x }) };",
    files: {
      'package.json': '{"imports":{"#x":"/etc/passwd"},"browser":{"alias":"/etc/passwd"}}',
      'tsconfig.json': '{"compilerOptions":{"paths":{"alias":["/etc/passwd"]}}}',
    },
  },
  reaches: 'compile',
  ends: { codes: ['COMPILE_IMPORT_REFUSED'], at: { file: 'tool.ts', line: 1 } },
  control: {
    make: {
      source: "import x from './alias.ts';\nexport default { run: () => ({ x }) };",
      files: { 'alias.ts': 'export default 1;', 'package.json': '{"imports":{"#x":"/etc/passwd"}}' },
    },
  },
} satisfies Attack;
