// A file whose name leads out of the tool. Refused by the name, before anything is compiled.

import type { Attack } from '../attack.ts';

export default {
  aim: 'names a file outside its folder',
  make: { source: 'export default { run: () => ({}) };', files: { '../../outside.ts': '' } },
  reaches: 'find',
  ends: { codes: ['SOURCE_INVALID'] },
  control: { make: { source: 'export default { run: () => ({}) };', files: { 'lib/inside.ts': '' } } },
} satisfies Attack;
