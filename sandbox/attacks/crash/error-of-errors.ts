// An error caused by an error, 200,000 times, with itself at the end; logged, and thrown. It has more time than others,
// to get that far.

import type { Attack } from '../attack.ts';

export default {
  aim: 'throws an error with 200,000 causes',
  make: {
    setup: `
      const first: any = new Error('first');
      let last = first;
      for (let i = 0; i < 200_000; i += 1) last = new Error('x', { cause: last });
      first.cause = last;
    `,
    body: `
      console.log(last);
      throw new AggregateError([last, first], 'all', { cause: last });
    `,
  },
  manifest: { limits: { cpuMs: 2000, wallMs: 3000 } },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
