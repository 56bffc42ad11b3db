// Walks everything it can reach and looks for an object of another realm: its constructor would lead to unhardened
// code. It has more time than others, to get that far.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'walks all it can reach for an object of another realm',
  make: {
    body: `
      const seen = new Set<unknown>();
      const queue: any[] = [input, host, host.context, globalThis, console, host.sleep(0)];
      for (const f of [() => host.call('x'), () => host.fail('x'), () => eval(''), () => null!.x, () => host.fetch])
        try {
          queue.push(await f());
        } catch (e) {
          queue.push(e);
        }
      while (queue.length > 0) {
        const o = queue.pop();
        if (Object(o) !== o || seen.has(o)) continue;
        seen.add(o);
        if (
          typeof o === 'function'
            ? o !== Function.prototype && !(o instanceof Function)
            : !(o instanceof Object) && o !== Object.prototype && Object.getPrototypeOf(o) !== null
        )
          loot.push(String(typeof o));
        for (const key of Reflect.ownKeys(o)) {
          const d = Reflect.getOwnPropertyDescriptor(o, key)!;
          queue.push(d.value, d.get, d.set);
        }
        queue.push(Object.getPrototypeOf(o));
      }
    `,
  },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000 } },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
