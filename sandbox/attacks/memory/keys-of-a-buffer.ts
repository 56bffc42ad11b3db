// A buffer of a mebibyte lies outside the heap; its keys are a million texts inside it. It has time enough for its
// memory to end it.

import type { Attack } from '../attack.ts';

export default {
  aim: 'lists the keys of a buffer',
  make: { body: 'loot.push(Reflect.ownKeys(new Uint8Array(2 ** 20)).length);' },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000, heapBytes: 16 * 2 ** 20 } },
  reaches: 'run',
  ends: { codes: ['LIMIT_HEAP', 'RUN_CRASHED', 'TOOL_THREW'] },
} satisfies Attack;
