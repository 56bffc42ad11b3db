// Sorts an object so long that V8 aborts the process. Only the cell dies, and its run is the culprit.

import type { Attack } from '../attack.ts';

export default {
  aim: 'makes V8 abort by sorting',
  make: { body: 'await host.sleep(1); Array.prototype.sort.call({ length: 2 ** 53 - 1 });' },
  reaches: 'run',
  ends: { codes: ['RUN_CRASHED'] },
} satisfies Attack;
