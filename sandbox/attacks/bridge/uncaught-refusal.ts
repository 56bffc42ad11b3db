// Lets a refusal end the run, under the code of the refusal.

import type { Attack } from '../attack.ts';

export default {
  aim: 'reaches for the network',
  make: { body: "await host.fetch('https://example.com');" },
  reaches: 'run',
  ends: { codes: ['GRANT_MISSING'] },
} satisfies Attack;
