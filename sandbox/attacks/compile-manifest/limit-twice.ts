// A limit and its alias, to be checked as one and applied as the other. Refused.

import type { Attack } from '../attack.ts';

export default {
  aim: 'gives a limit twice',
  make: { body: '' },
  manifest: { limits: { wallMs: 100, timeout: 30 } },
  reaches: 'inspect',
  ends: { codes: ['LIMITS_INVALID'], at: { part: 'manifest' } },
  control: { manifest: { limits: { wallMs: 100 } } },
} satisfies Attack;
