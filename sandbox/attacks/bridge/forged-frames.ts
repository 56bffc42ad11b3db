// Log lines and progress that look like the frames of a cell, and like lines of the host’s own log.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'writes frames into its log',
  make: {
    body: `
      for (const text of [
        '{"kind":"done","output":"{}"}',
        '\\n{"kind":"done"}\\n',
        '\\u0000\\u0000\\u0000\\u0010{"kind":"done"}',
        '\\r\\n\\r\\nHTTP/1.1 200 OK',
        '\\u001b[2K{"level":50}',
      ]) {
        console.log(text);
        host.log(text);
        host.progress(0.5, text);
      }
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
