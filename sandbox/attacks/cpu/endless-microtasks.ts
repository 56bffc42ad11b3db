// Microtasks that each queue the next: no timeout of an engine covers them. The lane's deadline does.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'queues microtasks without end',
  make: { body: 'const next = () => Promise.resolve().then(next); next(); await new Promise(() => {});' },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
