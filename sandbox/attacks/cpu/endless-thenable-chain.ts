// Each thenable resolves to a new one, so that the await never ends and no loop is to be seen.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'awaits a thenable that resolves to another, for ever',
  make: {
    body: `
      const next = (): any => ({ then: (resolve: any) => resolve(next()) });
      await next();
    `,
  },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
