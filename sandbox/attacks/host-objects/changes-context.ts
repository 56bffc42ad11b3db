// host.context is the same for all who read it within a run; nobody can change it, not even below.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'changes what it was generated with',
  make: {
    template: {
      'tool.ts.hbs': `export default {
  run(input: any, host: any) {
    console.log('the attack runs');
    const { context } = host;
    const changes = [
      () => Reflect.set(context, 'x', 1),
      () => Reflect.set(context.value, 'deep', 2),
      () => Reflect.defineProperty(context, 'x', { value: 1 }),
      () => Reflect.deleteProperty(context, 'value'),
      () => Reflect.setPrototypeOf(context, null),
      () => context.value.list.push(1) > 0,
      () => Object.isExtensible(context),
      () => Reflect.set(host, 'context', {}),
      () => host.context !== context,
    ];
    const done = (change: () => boolean) => { try { return change(); } catch { return false; } };
    return { loot: changes.filter(done).map(String) };
  },
};
`,
    },
    context: { value: { deep: 1, list: [] } },
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
