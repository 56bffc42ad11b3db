// A grant this host does not offer: better no tool than one that fails in the middle of its work.

import type { Attack } from '../attack.ts';

export default {
  aim: 'asks for a secret',
  make: { body: '' },
  manifest: { grants: { secret: ['crm-token'] } },
  reaches: 'inspect',
  ends: { codes: ['GRANT_UNSUPPORTED'], at: { part: 'manifest' } },
  control: { manifest: { grants: { 'client.ask': true } } },
} satisfies Attack;
