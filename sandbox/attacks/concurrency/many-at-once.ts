// Eight calls of one tool at once, each of which never ends. Each pays for itself.

import type { Attack } from '../attack.ts';

export default {
  aim: 'loops in eight calls at once',
  make: { body: 'for (;;);' },
  calls: [{}, {}, {}, {}, {}, {}, {}, {}],
  together: true,
  reaches: 'run',
  ends: { codes: ['LIMIT_CPU', 'LIMIT_WALL'] },
} satisfies Attack;
