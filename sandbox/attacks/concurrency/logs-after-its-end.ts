// What was left behind logs and reports progress while another call of the same tool runs.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'speaks in a later call’s name',
  make: {
    body: `
      if (input.leave) {
        void host.sleep(15).then(() => {
          console.log('from an earlier call');
          host.content.text('from an earlier call');
          (globalThis as any).late = true;
        });
      } else {
        await host.sleep(40);
        if ((globalThis as any).late) loot.push('late');
      }
    `,
  },
  calls: [{ input: { leave: true } }, { input: {} }],
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
