// Names that are made when they are read first: taken as descriptors, read twice, written before.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'meddles with names that are made on first use',
  make: {
    body: `
      for (const name of ['Intl', 'Temporal', 'TextDecoder', 'atob', 'structuredClone', 'queueMicrotask']) {
        const before = Reflect.getOwnPropertyDescriptor(globalThis, name)!;
        const got = before.get?.call({ evil: true }) ?? before.value;
        if (got !== (globalThis as any)[name]) loot.push(name + ' differs');
        if (got !== undefined && Object(got) !== got) loot.push(name);
      }
      if (new Intl.DateTimeFormat().format() !== new Intl.DateTimeFormat().format(Date.now()))
        loot.push('another clock');
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
