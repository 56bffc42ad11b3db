// Reads where and what the host is from its time zone and its language. All guests are in UTC and speak en-US.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: "reads the host's time zone and language",
  make: {
    body: `
      const { timeZone, locale } = Intl.DateTimeFormat().resolvedOptions();
      if (timeZone !== 'UTC' || locale !== 'en-US') loot.push(timeZone, locale);
      if (new Date(2026, 6, 1).getTimezoneOffset() !== 0 || (1234.5).toLocaleString() !== '1,234.5') loot.push('local');
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
