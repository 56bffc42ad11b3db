// Markup where base64 belongs, for a console that shows it. Refused.

import type { Attack } from '../attack.ts';

export default {
  aim: 'passes markup as base64',
  make: { body: "host.content.image({ data: '\"><script>alert(1)</script>', mimeType: 'image/png' });" },
  reaches: 'output',
  ends: { codes: ['CONTENT_INVALID'] },
} satisfies Attack;
