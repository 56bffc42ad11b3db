// An async generator that awaits nothing: each value is three microtasks.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'reads an async generator without end',
  make: { body: 'for await (const _ of (async function* () { for (;;) yield; })());' },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
