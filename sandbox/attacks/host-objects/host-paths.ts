// Reads paths of the host out of stacks. Frames of the prelude and of the host are left out.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'reads paths of the host out of stacks',
  make: {
    body: `
      (Error as any).stackTraceLimit = 200;
      const texts: string[] = [String(new Error('x').stack)];
      for (const f of [
        () => eval(''),
        () => host.fail('x'),
        () => host.call('y'),
        () => host.progress('x'),
        () => host.content.image({}),
        () =>
          [1].map(() => {
            throw new Error('z');
          }),
      ])
        try {
          await f();
        } catch (e: any) {
          texts.push(String(e.stack));
        }
      await host.sleep(1);
      texts.push(String(new Error('late').stack));
      for (const text of texts) if (/prelude|isolated|\\/|node:|\\.mjs/.test(text)) loot.push(text);
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
