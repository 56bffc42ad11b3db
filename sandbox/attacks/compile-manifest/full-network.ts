// All of the network. Never granted.

import type { Attack } from '../attack.ts';

export default {
  aim: 'asks for the whole network',
  make: { body: '' },
  manifest: { limits: { network_access: 'full' } },
  reaches: 'inspect',
  ends: { codes: ['POLICY_DENIED'], at: { part: 'manifest' } },
  control: { manifest: { limits: { network_access: 'none' } } },
} satisfies Attack;
