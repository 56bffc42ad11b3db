// The very source of another tool, under looser limits and another schema. Code may be shared; what was checked may
// not.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

const SOURCE = `console.log('the attack runs');
export default {
  run(input: any) {
    for (let i = 0; i < (input.n ?? 0); i += 1);
    return { loot: [] };
  },
};`;

export default {
  aim: 'takes over the limits of a tool with the same source',
  make: { source: SOURCE },
  before: [
    {
      make: { source: SOURCE },
      manifest: { limits: { cpuMs: 10_000, wallMs: 20_000 }, inputSchema: { type: 'object' } },
      inputs: [{ n: 10 }],
    },
  ],
  manifest: { inputSchema: { type: 'object', properties: { n: { type: 'integer' } }, additionalProperties: false } },
  input: { n: 1e12 },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
