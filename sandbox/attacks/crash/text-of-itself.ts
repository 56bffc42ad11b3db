// An object whose text is made of its text, through every way there is to ask for it. It has more time than others, to
// get that far.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'asks for a text that asks for itself',
  make: {
    body: `
      const self: any = {
        toString: () => \`\${self}\`,
        valueOf: () => +self,
        [Symbol.toPrimitive]: undefined,
      };
      const asked = [
        () => String(self),
        () => self + '',
        () => +self,
        () => [self].join(),
        () => ({})[self],
        () => new Date(self),
        () => Symbol(self),
        () => BigInt(self),
        () => new RegExp(self),
        () => Intl.getCanonicalLocales([self]),
        () => new Intl.NumberFormat([self]),
        () => 'x'.replace('x', self),
        () => isNaN(self),
      ];
      for (const ask of asked)
        try {
          ask();
          loot.push(String(ask));
        } catch (e) {
          if (!(e instanceof RangeError)) loot.push(String(e));
        }
    `,
  },
  manifest: { limits: { cpuMs: 2000, wallMs: 3000 } },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
