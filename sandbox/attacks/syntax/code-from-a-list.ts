// A walk to the constructor of functions that a search for its name does not find.

import type { Attack } from '../attack.ts';

export default {
  aim: 'walks to a constructor by brackets',
  make: { source: `export default { run: () => ({ t: typeof ([] as any)['filter']['constructor'] }) };` },
  reaches: 'inspect',
  ends: { reported: ['computed-chain'] },
  control: { make: { source: 'export default { run: () => ({ t: typeof [].filter }) };' } },
} satisfies Attack;
