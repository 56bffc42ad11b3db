// An error whose every property throws another such error.

import type { Attack } from '../attack.ts';

export default {
  aim: 'throws an error that throws when it is read',
  make: {
    body: `
      const hostile = (): any =>
        new Proxy(new Error('x'), {
          get() {
            throw hostile();
          },
          getPrototypeOf() {
            throw hostile();
          },
          getOwnPropertyDescriptor() {
            throw hostile();
          },
        });
      throw hostile();
    `,
  },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
