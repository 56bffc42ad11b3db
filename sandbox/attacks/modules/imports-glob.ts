// An import by pattern, which passes by every resolver plugin and reads directories. There is no disk to read.

import type { Attack } from '../attack.ts';

export default {
  aim: 'imports by a pattern',
  make: {
    source: 'export default { async run(input: any) { return { x: await import(`../../etc/${input.name}.json`) }; } };',
  },
  reaches: 'compile',
  ends: { codes: ['COMPILE_IMPORT_REFUSED'] },
  control: {
    make: {
      source: 'export default { async run() { return { x: (await import(`./etc/passwd.json`)).default }; } };',
      files: { 'etc/passwd.json': '{}' },
    },
  },
} satisfies Attack;
