// Ordinary libraries from npm, unmodified: the price of hardening must not be theirs.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import Handlebars from 'handlebars';

import { NOON, runTool } from './guest.ts';

const PRECOMPILED = Handlebars.precompile(
  '{{#each items as |item|}}{{item.name}}: {{upper item.name}};{{/each}}',
) as string;

const LIBRARIES: readonly (readonly [name: string, source: string, expected: unknown])[] = [
  [
    'dayjs',
    `import dayjs from 'dayjs'; import utc from 'dayjs/plugin/utc'; import relative from 'dayjs/plugin/relativeTime'; dayjs.extend(utc); dayjs.extend(relative);
     export default { run: () => ({ now: dayjs().valueOf(), month: dayjs('2024-01-31').add(1, 'month').format('YYYY-MM-DD'), ago: dayjs().subtract(3, 'day').fromNow() }) };`,
    { now: NOON, month: '2024-02-29', ago: '3 days ago' },
  ],
  [
    'decimal.js',
    `import Decimal from 'decimal.js'; export default { run: () => ({ sum: new Decimal('0.1').plus('0.2').toString(), root: Decimal.sqrt(2).toFixed(10), random: Decimal.random(5).lt(1) }) };`,
    { sum: '0.3', root: '1.4142135624', random: true },
  ],
  [
    'big.js',
    `import Big from 'big.js'; export default { run() { let code; try { new Big('x'); } catch (e) { code = e.message; } return { third: Big(1).div(3).toFixed(5), text: String(new Big('1e30')), code }; } };`,
    { third: '0.33333', text: '1e+30', code: '[big.js] Invalid number' },
  ],
  [
    'valibot',
    `import * as v from 'valibot'; export default { run() { const s = v.object({ a: v.pipe(v.string(), v.email()), n: v.optional(v.number(), 3) });
       return { ok: v.parse(s, { a: 'a@b.co' }), bad: v.safeParse(s, { a: 'x' }).issues.map((i) => i.type) }; } };`,
    { ok: { a: 'a@b.co', n: 3 }, bad: ['email'] },
  ],
  [
    'zod',
    `import { z } from 'zod'; export default { run() { const s = z.object({ a: z.email(), at: z.coerce.date() });
       const bad = s.safeParse({ a: 'x', at: 'no' }); let caught; try { s.parse({}); } catch (e) { caught = [e instanceof z.ZodError, e.name]; }
       return { ok: s.parse({ a: 'a@b.co', at: 0 }).at.toISOString(), bad: bad.error.issues.map((i) => i.path.join()), caught }; } };`,
    { ok: '1970-01-01T00:00:00.000Z', bad: ['a', 'at'], caught: [true, 'ZodError'] },
  ],
  [
    'handlebars (its runtime: compiling there would need Function)',
    `import Handlebars from 'handlebars/dist/cjs/handlebars.runtime.js'; const H = Handlebars.default ?? Handlebars; H.registerHelper('upper', (text) => text.toUpperCase());
     const template = H.template(${PRECOMPILED}); export default { run: () => ({ text: template({ items: [{ name: 'a<' }] }) }) };`,
    { text: 'a&lt;: A&lt;;' },
  ],
];

describe('libraries', () => {
  for (const [name, source, expected] of LIBRARIES) {
    it(`run unmodified: ${name}`, async () => {
      const { output, failure } = await runTool(source);
      assert.equal(failure, undefined);
      assert.deepEqual(output, expected);
    });
  }
});
