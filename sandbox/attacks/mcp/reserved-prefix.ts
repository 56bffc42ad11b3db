// A name that looks like the host's own. Refused.

import type { Attack } from '../attack.ts';

export default {
  aim: 'takes a name of the host',
  make: { body: '' },
  manifest: { name: 'glovebox_admin' },
  reaches: 'inspect',
  ends: { codes: ['TOOL_NAME_RESERVED'], at: { part: 'manifest' } },
  control: { manifest: { name: 'gloveboxes' } },
} satisfies Attack;
