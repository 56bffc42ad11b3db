// Assigns the variable that its exports are returned in. What is run is still what was compiled, in its own context.

import type { Attack } from '../attack.ts';

export default {
  aim: 'assigns the variable its own exports stand in',
  make: {
    source: `declare var tool: any;
console.log('the attack runs');
try { tool = { default: { run: () => ({ from: 'elsewhere' }) } }; } catch {}
export default { run: () => ({ from: 'here' }) };`,
  },
  reaches: 'load',
  ends: { output: { from: 'here' } },
} satisfies Attack;
