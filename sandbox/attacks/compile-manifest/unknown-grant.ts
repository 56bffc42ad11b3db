// A grant that does not exist. Refused.

import type { Attack } from '../attack.ts';

export default {
  aim: 'asks for a grant that does not exist',
  make: { body: '' },
  manifest: { grants: { 'host.root': true } },
  reaches: 'inspect',
  ends: { codes: ['MANIFEST_INVALID'], at: { part: 'manifest', path: '/grants' } },
  control: { manifest: { grants: { 'client.ask': true } } },
} satisfies Attack;
