// A name that is a path. Refused by its shape.

import type { Attack } from '../attack.ts';

export default {
  aim: 'names a tool by a path',
  make: { body: '' },
  manifest: { name: '../../etc/passwd' },
  reaches: 'find',
  ends: { codes: ['MANIFEST_INVALID'] },
  control: { manifest: { name: 'etc_passwd' } },
} satisfies Attack;
