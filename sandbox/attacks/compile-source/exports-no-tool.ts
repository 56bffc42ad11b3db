// A default export that is a promise, with a `run` that only has a `call`: what is no tool is said to be none.

import type { Attack } from '../attack.ts';

export default {
  aim: 'exports what is no tool',
  make: {
    source: `export default Object.assign(Promise.resolve({ run: () => ({}) }), { run: { call: () => ({}) } });`,
  },
  reaches: 'inspect',
  ends: { codes: ['TOOL_INVALID'] },
  control: { make: { source: 'export default Object.assign(Promise.resolve({}), { run: () => ({}) });' } },
} satisfies Attack;
