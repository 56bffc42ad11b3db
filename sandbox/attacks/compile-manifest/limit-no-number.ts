// Limits that compare false with everything. Refused by their type.

import type { Attack } from '../attack.ts';

export default {
  aim: 'asks for limits that are no numbers',
  make: { body: '' },
  manifest: { limits: { wallMs: '30000', cpuMs: null } },
  reaches: 'inspect',
  ends: { codes: ['LIMITS_INVALID'], at: { part: 'manifest' } },
  control: { manifest: { limits: { wallMs: 30_000, cpuMs: 200 } } },
} satisfies Attack;
