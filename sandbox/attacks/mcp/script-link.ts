// A link that runs as code in whoever opens it, written as browsers still read it.

import type { Attack } from '../attack.ts';

export default {
  aim: 'links to a script',
  make: { body: "host.content.link({ uri: ' java\\tScript:alert(1)', name: 'x' });" },
  reaches: 'output',
  ends: { codes: ['CONTENT_INVALID'] },
} satisfies Attack;
