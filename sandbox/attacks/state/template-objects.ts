// The list of parts of a template literal is made once per place and kept by the engine: with the code, not with a
// call.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'marks the parts of a template literal',
  make: {
    body: `
      const seen = ((globalThis as any).seen ??= new Set());
      const tag = (parts: TemplateStringsArray) => parts;
      const parts = tag\`a\${1}b\`;
      if (seen.has(parts)) loot.push('seen');
      seen.add(parts);
      if (Reflect.set(parts, 'mark', 1) || Reflect.set(parts.raw, 0, 'evil')) loot.push('changed');
      if (parts[0] !== 'a' || parts.raw[1] !== 'b') loot.push(parts.join());
    `,
  },
  calls: [{}, {}],
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
