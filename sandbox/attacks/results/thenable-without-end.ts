// A result that resolves to a result that resolves to a result.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'returns a thenable that never becomes a value',
  make: {
    body: `
      const next = (): any => ({ then: (resolve: any) => resolve(next()) });
      return next();
    `,
  },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
