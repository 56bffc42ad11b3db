// Characters that turn the reading direction: a person sees a comment where the engine sees code.

import type { Attack } from '../attack.ts';

export default {
  aim: 'turns the direction of its source',
  make: {
    source: `// ‮ } ⁦ if (admin) ⁩ ⁦
export default { run: () => ({ admin: false }) };`,
  },
  reaches: 'inspect',
  ends: { reported: ['bidi-control'] },
  control: { make: { source: '// if (admin)\nexport default { run: () => ({ admin: false }) };' } },
} satisfies Attack;
