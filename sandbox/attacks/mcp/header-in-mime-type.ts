// A MIME type with a line break, for a door that writes it into a header. Refused by its shape.

import type { Attack } from '../attack.ts';

export default {
  aim: 'puts a line break into a MIME type',
  make: { body: "host.content.image({ data: 'AAAA', mimeType: 'image/png\\r\\nSet-Cookie: a=b' });" },
  reaches: 'output',
  ends: { codes: ['CONTENT_INVALID'] },
} satisfies Attack;
