// Looks for anything a runtime would offer. A tool has what the language has.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'looks for the runtime around it',
  make: {
    body: `
      for (const name of [
        'process',
        'require',
        'module',
        'exports',
        'global',
        'Buffer',
        'fetch',
        'XMLHttpRequest',
        'WebSocket',
        'Deno',
        'Bun',
        'ivm',
        'isolate',
        '$vm',
        '__dirname',
        'navigator',
        'WebAssembly',
        'ShadowRealm',
        'URL',
      ])
        if (name in globalThis) loot.push(name);
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
