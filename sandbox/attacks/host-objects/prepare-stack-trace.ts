// Hooks the formatting of stacks, to get at the call sites of the prelude and their functions.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'hooks the formatting of stacks',
  make: {
    body: `
      let frames: unknown;
      const hook = (_: unknown, sites: unknown) => {
        frames = sites;
        return '';
      };
      try {
        (Error as any).prepareStackTrace = hook;
      } catch {}
      Reflect.defineProperty(Error, 'prepareStackTrace', { value: hook });
      (globalThis as any).Error = class extends Error {
        static prepareStackTrace = hook;
      };
      const o: any = {};
      try {
        (Error as any).captureStackTrace(o);
      } catch {}
      void o.stack;
      try {
        (null as any).x;
      } catch (e: any) {
        void e.stack;
      }
      try {
        await host.call('x');
      } catch (e: any) {
        void e.stack;
      }
      if (frames !== undefined) loot.push('call sites');
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
