import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { evaluate, NOON, runTool } from './guest.ts';

// Proves jail.recorded-clock.
describe('the recorded clock', () => {
  it('stands still however long the tool works, and moves with an answer', async () => {
    const run = await runTool(
      `export default { async run(input, host) {
        const at = [Date.now()]; for (let i = 0; i < 1e5; i++) at[0] = Date.now(); at.push(new Date().getTime());
        await host.sleep(20); at.push(Date.now(), Temporal.Now.instant().epochMilliseconds); return { at };
      } };`,
      { answer: () => ({ clockMs: NOON + 20 }) },
    );
    assert.deepEqual(run.output, { at: [NOON, NOON, NOON + 20, NOON + 20] });
  });

  it('is set before the tool is evaluated', async () => {
    const run = await runTool(`const at = Date.now(); export default { run: () => ({ at }) };`);
    assert.deepEqual(run.output, { at: NOON });
  });
});

const DATES: readonly (readonly [title: string, expression: string, expected: unknown])[] = [
  [
    'parses and counts',
    `[Date.parse('2020-01-01'), Date.UTC(2020, 0), Date.length, Date.name]`,
    [1577836800000, 1577836800000, 7, 'Date'],
  ],
  [
    'constructs from parts, text and dates',
    `[+new Date(2020, 1, 3), +new Date('2020-02-03'), +new Date(new Date(5)), +new Date(undefined)]`,
    [1580688000000, 1580688000000, 5, null],
  ],
  [
    'is a class to extend',
    `(() => { class D extends Date { day() { return this.getDate(); } } const d = new D(); return [d.day(), d instanceof Date, d.constructor === D]; })()`,
    [15, true, true],
  ],
  [
    'makes genuine dates',
    `[Object.prototype.toString.call(new Date()), new Date() instanceof Date, new Date().constructor === Date]`,
    ['[object Date]', true, true],
  ],
  [
    'is in UTC',
    `[new Date(0).toString(), new Date(0).getTimezoneOffset(), new Intl.DateTimeFormat().resolvedOptions().timeZone]`,
    ['Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)', 0, 'UTC'],
  ],
  [
    'speaks en-US',
    `[new Date(0).toLocaleDateString(), (1234.5).toLocaleString(), new Intl.NumberFormat().resolvedOptions().locale]`,
    ['1/1/1970', '1,234.5', 'en-US'],
  ],
];

describe('Date', () => {
  for (const [title, expression, expected] of DATES) {
    it(title, async () => {
      assert.deepEqual(await evaluate(expression), expected);
    });
  }
});

describe('Temporal', () => {
  it('has its classes and Now', async () => {
    const names = await evaluate('Reflect.ownKeys(Temporal).map(String).sort()');
    assert.deepEqual(names, [
      'Duration',
      'Instant',
      'Now',
      'PlainDate',
      'PlainDateTime',
      'PlainMonthDay',
      'PlainTime',
      'PlainYearMonth',
      'Symbol(Symbol.toStringTag)',
      'ZonedDateTime',
    ]);
  });

  it('computes', async () => {
    assert.equal(await evaluate(`Temporal.PlainDate.from('2024-02-28').add({ days: 2 }).toString()`), '2024-03-01');
    assert.equal(await evaluate(`Temporal.Now.zonedDateTimeISO('Asia/Tokyo').hour`), 21);
  });
});

describe('Intl', () => {
  it('formats given dates as ever', async () => {
    assert.equal(await evaluate(`new Intl.DateTimeFormat('de').format(new Date(0))`), '1.1.1970');
    assert.equal(
      await evaluate(`new Intl.DateTimeFormat('en-US', { year: 'numeric' }).formatToParts(0)[0].value`),
      '1970',
    );
    assert.equal(await evaluate(`new Intl.DateTimeFormat('en-US').format(null)`), '1/1/1970');
  });
});
