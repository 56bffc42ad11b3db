// A limit under a name every object inherits. Refused as unknown.

import { parseJson, type Attack } from '../attack.ts';

export default {
  aim: 'sets a limit by an inherited name',
  make: { body: '' },
  manifest: { limits: parseJson('{"__proto__":{"cpuMs":30000},"constructor":1}') },
  reaches: 'inspect',
  ends: { codes: ['LIMITS_INVALID'], at: { part: 'manifest' } },
  control: { manifest: { limits: { cpuMs: 30_000 } } },
} satisfies Attack;
