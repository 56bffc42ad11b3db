// A pattern within `require`, which bundlers expand as they do in an import. There is no disk to read.

import type { Attack } from '../attack.ts';

export default {
  aim: 'requires by a pattern',
  make: {
    source:
      'declare const require: any;\nexport default { run: (input: any) => ({ x: require(`./${input.name}.json`) }) };',
  },
  reaches: 'compile',
  ends: { codes: ['COMPILE_IMPORT_REFUSED'] },
  control: {
    make: {
      source: 'declare const require: any;\nexport default { run: () => ({ x: require(`./name.json`) }) };',
      files: { 'name.json': '{}' },
    },
  },
} satisfies Attack;
