// Facts about a tool are the host’s to tell: version, digest, run.

import type { Attack } from '../attack.ts';

export default {
  aim: 'tells its own digest',
  make: { body: '' },
  manifest: { _meta: { 'dev.glovebox/digest': '0'.repeat(64) } },
  reaches: 'find',
  ends: { codes: ['MANIFEST_INVALID'] },
  control: { manifest: {} },
} satisfies Attack;
