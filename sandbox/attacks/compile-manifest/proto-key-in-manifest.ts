// A manifest whose `__proto__` would lend it what its own keys do not say. It is a key nobody knows.

import type { Attack } from '../attack.ts';

export default {
  aim: 'sets the prototype of the manifest',
  make: { body: '' },
  manifest: { ['__proto__']: { grants: { secret: ['all'] } } },
  reaches: 'find',
  ends: { codes: ['MANIFEST_INVALID'] },
  control: { manifest: { grants: {} } },
} satisfies Attack;
