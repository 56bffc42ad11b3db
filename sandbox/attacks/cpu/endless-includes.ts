// A search over a proxy, so that every step is a call into guest code and back.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'searches through 2^53 answers of a proxy',
  make: {
    body: `
      Array.prototype.includes.call(new Proxy({}, { get: (_, key) => (key === 'length' ? 2 ** 53 - 1 : 0) }), 1);
    `,
  },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
