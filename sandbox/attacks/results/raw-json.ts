// Raw JSON text, as the language allows for numbers and texts. More than a primitive it cannot be.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'writes raw text into its JSON',
  make: {
    body: `
      const { rawJSON } = JSON as any;
      for (const text of ['{"isError":true}', '[1]', '1,"isError":true', ' 1', '1\\n', '', '"a"}'])
        try {
          loot.push(rawJSON(text));
        } catch (e) {
          if (!(e instanceof SyntaxError)) loot.push(String(e));
        }
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
