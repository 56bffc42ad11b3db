// A link that holds its own page: whoever follows it runs what the tool wrote.

import type { Attack } from '../attack.ts';

export default {
  aim: 'links to a page it brings along',
  make: { body: "host.content.link({ uri: 'data:text/html,<script>alert(1)</script>', name: 'report' });" },
  reaches: 'output',
  ends: { codes: ['CONTENT_INVALID'] },
} satisfies Attack;
