// Throws a proxy that nothing may be asked of any more.

import type { Attack } from '../attack.ts';

export default {
  aim: 'throws a revoked proxy',
  make: { body: 'const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); throw proxy;' },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
