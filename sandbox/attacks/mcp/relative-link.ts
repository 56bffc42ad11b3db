// A link that means a path of whoever follows it. Only absolute URIs are passed on.

import type { Attack } from '../attack.ts';

export default {
  aim: 'links to a path',
  make: { body: "host.content.link({ uri: '../../etc/passwd', name: 'x' });" },
  reaches: 'output',
  ends: { codes: ['CONTENT_INVALID'] },
} satisfies Attack;
