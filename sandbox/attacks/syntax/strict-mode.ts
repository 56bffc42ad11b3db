// Code that only sloppy mode runs, for `this` of a call to be the global object. A tool's script is strict.

import type { Attack } from '../attack.ts';

export default {
  aim: 'leaves strict mode for the global this',
  make: {
    source: `function self(this: any) { return this; }
export default { run() { console.log('the attack runs'); return { self: typeof self() }; } };`,
  },
  reaches: 'run',
  ends: { output: { self: 'undefined' } },
} satisfies Attack;
