// An iterator that never ends, of which all is to be skipped. The loop is the engine’s.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'skips all of an endless iterator',
  make: { body: 'Iterator.from({ next: () => ({ done: false, value: 0 }) } as any).drop(Infinity).next();' },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
