import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import type { Decimal } from '../../../sandbox/guest/sdk/index.ts';
import { findDay, partOf, writeDay } from '../../../templates/table-report/lib/dates.ts';
import { escapeCell } from '../../../templates/table-report/lib/markdown.ts';
import type {
  Condition,
  Expression,
  Input,
  InputRow,
  Report,
  Scalar,
} from '../../../templates/table-report/lib/types.ts';
import { importTemplate } from '../../fixtures/import-template.ts';
import { makeTemplateTool, type TemplateTool } from '../../fixtures/make-template-tool.ts';

interface Example {
  readonly title: string;
  readonly context: object;
  readonly calls: readonly { readonly title: string; readonly input: Input; readonly output: Report }[];
}

interface Lib {
  divide(a: Decimal, b: Decimal): Decimal;
  evaluate(expression: Expression, lookup: (column: string) => Scalar): Scalar | Decimal;
  isTrue(condition: Condition, lookup: (column: string) => Scalar): boolean;
  Decimal: typeof Decimal;
}

const FOLDER = new URL('../../../templates/table-report/', import.meta.url);
const EXAMPLES = readdirSync(new URL('examples/', FOLDER)).map((file) => readJson<Example>(`examples/${file}`));
const lib = await importTemplate<Lib>('table-report', ['divide', 'evaluate', 'condition']);
const tool = await makeTool({});

const ROWS: readonly InputRow[] = [
  { region: 'North', product: 'A', amount: 0.1, on: '2026-01-31' },
  { region: 'South', product: 'A', amount: 0.2, on: '2026-02-01' },
  { region: 'North', product: 'B', amount: 5, on: '2026-04-01' },
  { region: null, product: 'B', amount: null, on: null },
];
const SUM = { op: 'sum', column: 'amount', as: 'total' } as const;

const column = (name: string): Expression => ({ column: name });

/** Works an expression out over one row. */
function value(expression: Expression, row: Record<string, Scalar> = {}): string | null {
  const cell = lib.evaluate(expression, (name) => row[name] ?? null);
  return cell === null ? null : cell.toString();
}

suite('evaluate', () => {
  const expected: [Expression, string | null][] = [
    [{ op: 'add', args: [{ value: 0.1 }, { value: 0.2 }] }, '0.3'],
    [{ op: 'subtract', args: [{ value: 1 }, { value: 0.9 }] }, '0.1'],
    [{ op: 'multiply', args: [{ value: 1.1 }, { value: 1.1 }, column('n')] }, '2.42'],
    [{ op: 'divide', args: [{ value: 1 }, { value: 3 }] }, '0.33333333333333333333'],
    [{ op: 'divide', args: [{ value: 1 }, { value: 0 }] }, null],
    [{ op: 'add', args: [column('n'), column('missing')] }, null],
    [{ op: 'abs', args: [{ value: -3 }] }, '3'],
    [{ op: 'round', args: [{ value: 2.5 }] }, '3'],
    [{ op: 'round', args: [{ value: -1.005 }], digits: 2 }, '-1.01'],
    [{ op: 'min', args: [{ value: 3 }, column('n')] }, '2'],
    [{ op: 'max', args: [{ value: '2026-01-31' }, { value: '2025-12-31' }] }, '2026-01-31'],
    [{ op: 'coalesce', args: [column('missing'), column('text')] }, 'a'],
    [{ op: 'concat', args: [column('text'), { value: '-' }, column('n'), column('missing')] }, 'a-2'],
    [{ op: 'if', test: { column: 'n', is: 'gt', value: 1 }, args: [{ value: 'many' }, { value: 'one' }] }, 'many'],
  ];
  for (const [expression, result] of expected) {
    test(`makes ${result ?? 'nothing'} of ${JSON.stringify(expression)}`, () => {
      assert.equal(value(expression, { n: 2, text: 'a' }), result);
    });
  }

  const refused: [string, Expression][] = [
    ['text in a sum', { op: 'add', args: [column('text')] }],
    ['a quotient of three', { op: 'divide', args: [{ value: 1 }, { value: 1 }, { value: 1 }] }],
    ['an "if" without a test', { op: 'if', args: [{ value: 1 }, { value: 2 }] }],
    ['a number without end', { op: 'multiply', args: Array.from({ length: 5 }, () => ({ value: 1e15 })) }],
  ];
  for (const [what, expression] of refused) {
    test(`refuses ${what}`, () => {
      assert.throws(() => value(expression, { text: 'a' }));
    });
  }
});

suite('divide', () => {
  test('agrees with Decimal to 20 decimals, for any numbers', () => {
    const number = fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: -15, max: 15 }));
    fc.assert(
      fc.property(number, number, ([a, i], [b, j]) => {
        if (b === 0n) return;
        const [x, y] = [new lib.Decimal(`${a}e${i}`), new lib.Decimal(`${b}e${j}`)];
        assert.equal(lib.divide(x, y).toFixed(), x.div(y).round(20).toFixed());
      }),
      { verbose: 1 },
    );
  });
});

suite('isTrue', () => {
  const row: Record<string, Scalar> = { n: 5, text: 'Widget', day: '2026-03-01', flag: true, none: null };
  const held: [Condition, boolean][] = [
    [{ column: 'n', is: 'eq', value: 5 }, true],
    [{ column: 'n', is: 'eq', value: '5' }, false],
    [{ column: 'n', is: 'between', value: [5, 6] }, true],
    [{ column: 'day', is: 'between', value: ['2026-03-02', '2026-03-31'] }, false],
    [{ column: 'day', is: 'lt', value: '2026-03-02' }, true],
    [{ column: 'n', is: 'le', value: 4.999 }, false],
    [{ column: 'text', is: 'in', value: ['Gadget', 'Widget'] }, true],
    [{ column: 'none', is: 'notIn', value: ['Widget'] }, true],
    [{ column: 'text', is: 'contains', value: 'dg' }, true],
    [{ column: 'text', is: 'startsWith', value: 'w' }, false],
    [{ column: 'text', is: 'endsWith', value: 'et' }, true],
    [{ column: 'none', is: 'gt', value: 1 }, false],
    [{ not: { column: 'none', is: 'notEmpty' } }, true],
    [
      {
        any: [
          { column: 'none', is: 'lt', value: 1 },
          { column: 'flag', is: 'eq', value: true },
        ],
      },
      true,
    ],
    [
      {
        all: [
          { column: 'none', is: 'empty' },
          { column: 'flag', is: 'ne', value: true },
        ],
      },
      false,
    ],
  ];
  for (const [condition, result] of held) {
    test(`is ${result} for ${JSON.stringify(condition)}`, () => {
      assert.equal(
        lib.isTrue(condition, (name) => row[name] ?? null),
        result,
      );
    });
  }

  for (const condition of [
    { column: 'n', is: 'gt', value: '4' },
    { column: 'n', is: 'between', value: [1] },
    { column: 'n', is: 'in', value: 1 },
    { column: 'n', is: 'eq' },
  ] satisfies Condition[]) {
    test(`refuses ${JSON.stringify(condition)}`, () => {
      assert.throws(() => lib.isTrue(condition, (name) => row[name] ?? null), /"n"/);
    });
  }
});

suite('dates', () => {
  test('know days that exist, and leave a time out', () => {
    const texts = ['2024-02-29', '2026-02-29', '2026-01-31T23:30:00-05:00', '2026-01-31x', '2026-13-01', 'today'];
    assert.deepEqual(texts.map(findDay), ['2024-02-29', undefined, '2026-01-31', undefined, undefined, undefined]);
  });

  test('have parts that sort like time, weeks by ISO 8601', () => {
    assert.deepEqual(
      (['year', 'quarter', 'month', 'week', 'day'] as const).map((part) => partOf('2026-05-04', part)),
      ['2026', '2026-Q2', '2026-05', '2026-W19', '2026-05-04'],
    );
    // ISO 8601: 2027-01-01 is a Friday of week 53 of 2026; 2024-12-30 a Monday of week 1 of 2025.
    assert.deepEqual([partOf('2027-01-01', 'week'), partOf('2024-12-30', 'week')], ['2026-W53', '2025-W01']);
  });

  test('are written in the pattern asked for', () => {
    const patterns = ['YYYY-MM-DD', 'DD.MM.YYYY', 'MM/DD/YYYY', 'D MMM YYYY'] as const;
    assert.deepEqual(
      patterns.map((pattern) => writeDay('2026-02-03', pattern)),
      ['2026-02-03', '03.02.2026', '02/03/2026', '3 Feb 2026'],
    );
  });
});

suite('escapeCell', () => {
  test('leaves nothing of markup, links, images, rows or cells', () => {
    assert.equal(escapeCell('a|b\r\nc\u2028d'), 'a\\|b c d');
    assert.equal(escapeCell('![x](http://t/?q)'), '!\\[x\\](http://t/?q)');
    assert.equal(escapeCell('<script>&lt;`*_~\\'), '&lt;script&gt;&amp;lt;\\`\\*\\_\\~\\\\');
    assert.equal(escapeCell('\u202egnp.exe\u0000'), ' gnp.exe ');
  });

  test('makes one line with as many cells as columns of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        const { markdown } = tool.run({ rows: [{ a: text, b: 1 }], columns: ['a', 'b'] });
        const lines = markdown.split(/\r\n|[\n\r\u0085\u2028\u2029]/);
        assert.equal(lines.length, 3);
        assert.equal(lines[2]?.replace(/\\\\/g, '').replace(/\\\|/g, '').split('|').length, 4);
      }),
      { verbose: 1 },
    );
  });
});

suite('the report', () => {
  test('groups, with empty cells as a group of their own, and adds exactly', () => {
    const { rows, total } = tool.run({
      rows: ROWS,
      groupBy: ['region'],
      aggregates: [SUM, { op: 'count' }],
      totals: true,
    });
    assert.deepEqual(rows, [
      { region: 'North', total: 5.1, count: 2 },
      { region: 'South', total: 0.2, count: 1 },
      { region: null, total: null, count: 1 },
    ]);
    assert.deepEqual(total, { region: 'Total', total: 5.3, count: 4 });
  });

  test('keeps empty cells, empty texts and the word null apart', () => {
    const rows = [null, '', 'null', null].map((text) => ({ text }));
    assert.deepEqual(tool.run({ rows, groupBy: ['text'] }).rows, [
      { text: '', count: 1 },
      { text: 'null', count: 1 },
      { text: null, count: 2 },
    ]);
  });

  test('aggregates as SQL and spreadsheets do', () => {
    const numbers = [4, 1, 3, 2, null, 4].map((n) => ({ n }));
    const { rows } = tool.run({
      rows: numbers,
      aggregates: [
        { op: 'count', column: 'n' },
        { op: 'countDistinct', column: 'n' },
        { op: 'avg', column: 'n' },
        { op: 'min', column: 'n' },
        { op: 'max', column: 'n' },
        { op: 'median', column: 'n' },
        { op: 'percentile', column: 'n', percentile: 0.3, as: 'p30' },
      ],
    });
    // PERCENTILE.INC of 1, 2, 3, 4 at 0.3 is 1.9 in Excel's documentation; a second 4 makes it 2.2.
    assert.deepEqual(rows, [{ count_n: 5, countDistinct_n: 4, avg_n: 2.8, min_n: 1, max_n: 4, median_n: 3, p30: 2.2 }]);
    const four = tool.run({
      rows: numbers.slice(0, 4),
      aggregates: [{ op: 'percentile', column: 'n', percentile: 0.3, as: 'p' }],
    });
    assert.deepEqual(four.rows, [{ p: 1.9 }]);
  });

  test('takes the total of an average over all rows, not over the groups', () => {
    const aggregates = [{ op: 'avg', column: 'amount', as: 'mean' }] as const;
    const { total } = tool.run({ rows: ROWS.slice(0, 3), groupBy: ['region'], aggregates, totals: true });
    assert.equal(total?.['mean'], 1.7666666667);
  });

  test('pivots by a part of a date, sorts, and puts the rest in one row', () => {
    const report = tool.run({
      rows: ROWS.slice(0, 3),
      groupBy: ['product'],
      pivot: { column: 'on', by: 'quarter' },
      aggregates: [SUM],
      sort: [{ column: 'total', order: 'desc' }],
      top: { count: 1, label: 'The rest' },
      totals: true,
    });
    assert.deepEqual(
      report.columns.map(({ name }) => name),
      ['product', '2026-Q1', '2026-Q2', 'total'],
    );
    assert.deepEqual(report.rows, [{ product: 'B', '2026-Q1': null, '2026-Q2': 5, total: 5 }]);
    assert.deepEqual(report.others, { product: 'The rest', '2026-Q1': 0.3, '2026-Q2': null, total: 0.3 });
    assert.deepEqual(report.total, { product: 'Total', '2026-Q1': 0.3, '2026-Q2': 5, total: 5.3 });
  });

  test('derives columns of the result, for others and total too, and keeps groups by them', () => {
    const report = tool.run({
      rows: ROWS,
      groupBy: ['product'],
      aggregates: [SUM, { op: 'count' }],
      derived: [{ name: 'each', expression: { op: 'divide', args: [column('total'), column('count')] } }],
      having: { column: 'each', is: 'lt', value: 1 },
      totals: true,
    });
    assert.deepEqual(report.rows, [{ product: 'A', total: 0.3, count: 2, each: 0.15 }]);
    assert.equal(report.total?.['total'], 0.3);
  });

  test('lists rows in the order given, numbers summed in the total', () => {
    const report = tool.run({ rows: ROWS, columns: ['product', 'amount'], totals: true, limit: 2 });
    assert.deepEqual(report.rows, [
      { product: 'A', amount: 0.1 },
      { product: 'A', amount: 0.2 },
    ]);
    assert.deepEqual(report.total, { product: 'Total', amount: 5.3 });
    assert.equal(report.counts.rowsFound, 4);
    assert.equal(report.notes.length, 1);
  });

  test('sorts empty cells last either way, numbers as numbers', () => {
    const rows = [10, 9, null, 9.5].map((n) => ({ n }));
    const sorted = (order: 'asc' | 'desc') => tool.run({ rows, sort: [{ column: 'n', order }] }).rows.map(({ n }) => n);
    assert.deepEqual(sorted('asc'), [9, 9.5, 10, null]);
    assert.deepEqual(sorted('desc'), [10, 9.5, 9, null]);
  });

  test('says where rounded rows do not add up to the total', () => {
    const report = tool.run({
      rows: [0.005, 0.005, 0.005].map((amount, index) => ({ amount, id: `${index}` })),
      groupBy: ['id'],
      aggregates: [SUM],
      totals: true,
      formats: [{ column: 'total', kind: 'currency' }],
    });
    assert.deepEqual(
      report.rows.map((row) => row['total']),
      ['0.01', '0.01', '0.01'],
    );
    assert.equal(report.total?.['total'], '0.02');
    assert.equal(report.notes.length, 1);
  });

  test('formats money, shares and dates, and knows the smallest unit of a currency', () => {
    const { markdown, rows } = tool.run({
      rows: [{ yen: 1234567.5, share: 0.1255, day: '2026-02-03', n: 1234.5, code: 1234 }],
      formats: [
        { column: 'yen', kind: 'currency', currency: 'JPY' },
        { column: 'share', kind: 'percent' },
        { column: 'day', kind: 'date', pattern: 'DD.MM.YYYY' },
        { column: 'code', kind: 'text' },
      ],
    });
    assert.equal(markdown.split('\n')[2], '| 1,234,568 | 12.6 % | 03.02.2026 | 1,234.5 | 1234 |');
    assert.deepEqual(rows, [{ yen: '1234568', share: 0.126, day: '2026-02-03', n: 1234.5, code: 1234 }]);
  });

  test('is exact beyond what JSON numbers hold, in columns of money', async () => {
    const made = await makeTool({ columns: [{ name: 'amount', type: 'number', format: { kind: 'currency' } }] });
    const rows = ['90071992547409930.01', '0.02', '-0.01'].map((amount) => ({ amount }));
    assert.deepEqual(made.run({ rows, aggregates: [SUM] }).rows, [{ total: '90071992547409930.02' }]);
  });

  test('keeps numbers in texts as texts, unless they are declared', async () => {
    const rows = [{ zip: '01099' }, { zip: '10115' }];
    assert.equal(tool.run({ rows }).columns[0]?.type, 'text');
    assert.throws(() => tool.run({ rows, aggregates: [{ op: 'sum', column: 'zip' }] }), { code: 'TOOL_FAILED' });
    const made = await makeTool({ columns: [{ name: 'zip', type: 'number' }] });
    assert.deepEqual(made.run({ rows, aggregates: [{ op: 'sum', column: 'zip' }] }).rows, [{ sum_zip: 11214 }]);
  });

  test('has rows of names every object has', () => {
    const rows = [JSON.parse('{"__proto__": 1, "constructor": 2}') as InputRow];
    const report = tool.run({
      rows,
      groupBy: ['constructor'],
      aggregates: [{ op: 'sum', column: '__proto__', as: '__proto__' }],
    });
    assert.equal(JSON.stringify(report.rows), '[{"constructor":2,"__proto__":1}]');
  });

  const refused: [string, Partial<Input>, RegExp][] = [
    ['an unknown column', { groupBy: ['regoin'] }, /"regoin".*"region"/],
    ['a sum of texts', { aggregates: [{ op: 'sum', column: 'product' }] }, /"product" is text/],
    ['a part of what is no date', { groupBy: [{ column: 'product', by: 'month' }] }, /"product"/],
    ['two columns of a name', { aggregates: [SUM, { op: 'max', column: 'amount', as: 'total' }] }, /"total"/],
    ['a computed column in the way', { computed: [{ name: 'amount', expression: { value: 1 } }] }, /"amount"/],
    ['sorting by what is not there', { aggregates: [SUM], sort: [{ column: 'amount' }] }, /"amount"/],
    [
      'a derived column of an input column',
      { aggregates: [SUM], derived: [{ name: 'x', expression: column('on') }] },
      /"on"/,
    ],
    ['a percentile without a share', { aggregates: [{ op: 'percentile', column: 'amount' }] }, /percentile/],
    ['a sum without a column', { aggregates: [{ op: 'sum' }] }, /column/],
    ['money made of text', { formats: [{ column: 'product', kind: 'currency' }] }, /"product"/],
    ['a condition nested without end', { filter: nest(20) }, /16 levels/],
    ['a comparison of different types', { filter: { column: 'amount', is: 'gt', value: '1' } }, /"amount"/],
  ];
  for (const [what, spec, message] of refused) {
    test(`refuses ${what}`, () => {
      assert.throws(() => tool.run({ rows: ROWS, ...spec }), { code: 'TOOL_FAILED', message });
    });
  }

  test('refuses a pivot over too many values, and cells that are not what was declared', async () => {
    const rows = Array.from({ length: 61 }, (_, n) => ({ n }));
    assert.throws(() => tool.run({ rows, pivot: { column: 'n' } }), { code: 'TOOL_FAILED', message: /60/ });
    const made = await makeTool({ columns: [{ name: 'n', type: 'number' }] });
    assert.throws(() => made.run({ rows: [{ n: 1 }, { n: '1,5' }], aggregates: [{ op: 'sum', column: 'n' }] }), {
      code: 'TOOL_FAILED',
      message: /row 2, column "n"/,
    });
  });
});

// Proves template.table-report.
suite('a grouped report', () => {
  test('adds up over any rows: groups and others to the total, pivot to the row', () => {
    const cell = fc.constantFrom('a', 'b', 'c', null);
    const amount = fc.integer({ min: -1e9, max: 1e9 }).map((value) => value / 100);
    const rows = fc.array(fc.record({ g: cell, p: cell, amount: fc.oneof(amount, fc.constant(null)) }), {
      minLength: 1,
      maxLength: 40,
    });
    const validate = compile(tool.manifest.outputSchema);
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 4 }), (input, count) => {
        const report = tool.run({
          rows: input,
          groupBy: ['g'],
          pivot: { column: 'p' },
          aggregates: [SUM],
          sort: [{ column: 'total', order: 'desc' }],
          top: { count },
          totals: true,
          formats: [{ column: 'total', kind: 'currency' }],
        });
        assert.ok(validate(report), JSON.stringify(validate.errors));
        const expected = input.reduce((sum, row) => sum + BigInt(Math.round((row.amount ?? 0) * 100)), 0n);
        assert.equal(cents(report.total?.['total']), expected);
        const shown = report.others === null ? report.rows : [...report.rows, report.others];
        assert.equal(
          shown.reduce((sum, row) => sum + cents(row['total']), 0n),
          expected,
        );
        const pivoted = report.columns.map(({ name }) => name).filter((name) => name !== 'g' && name !== 'total');
        for (const row of [...shown, report.total]) {
          assert.equal(
            pivoted.reduce((sum, name) => sum + cents(row?.[name]), 0n),
            cents(row?.['total']),
          );
        }
        assert.deepEqual(report.notes, []);
      }),
      { verbose: 1, numRuns: 60 },
    );
  });
});

suite('the template', () => {
  test('knows one report schema, in the context and in the input', () => {
    const { context } = readJson<{ context: { properties: Record<string, { properties?: object }>; $defs: object } }>(
      'template.json',
    );
    const shared = readJson<{ properties: object; defs: object }>('data/report_schema.json');
    assert.deepEqual(context.properties['report']?.properties, shared.properties);
    assert.deepEqual(context.$defs, shared.defs);
  });

  test('carries an example that runs for any report, and fails for one that cannot be', async () => {
    for (const context of [{}, ...EXAMPLES.map((example) => example.context)]) {
      const { manifest, run } = await makeTool(context);
      for (const { input } of manifest.examples) {
        assert.ok(compile(manifest.outputSchema)(run(input as Input)));
      }
    }
    const broken = await makeTool({ report: { aggregates: [SUM, SUM] } });
    assert.throws(() => broken.run(broken.manifest.examples[0]?.input as Input), { code: 'TOOL_FAILED' });
  });

  test('puts a hostile title and hostile columns into literals, and nowhere else', async () => {
    const hostile = '"};process.exit();// ${1} {{2}} \\u2028 </script>';
    const { manifest, run } = await makeTool({
      title: hostile,
      columns: [{ name: hostile, type: 'text' }, { name: '__proto__' }],
    });
    assert.match(manifest.name, /^report_[a-z0-9_]+$/);
    assert.equal(run({ rows: [{ [hostile]: 'x' }] }).title, hostile);
  });

  test('refuses a context that is not one', async () => {
    for (const context of [
      { currency: 'usd' },
      { columns: [{ name: 'a', type: 'money' }] },
      { columns: [{ type: 'number' }] },
      { report: { groupBy: [{ by: 'month' }] } },
      { report: { filter: { column: 'a', is: 'like', value: '%' } } },
      { report: { computed: [{ name: 'a', expression: { op: 'eval', args: [] } }] } },
      { report: { rows: [] } },
      { unknown: true },
    ]) {
      await assert.rejects(makeTemplateTool('table-report', context), { code: 'CONTEXT_INVALID' });
    }
  });
});

function makeTool(context: object): Promise<TemplateTool<Input, Report>> {
  return makeTemplateTool('table-report', context);
}

function compile(schema: object) {
  return new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false }).compile(
    schema,
  );
}

/** A condition so many levels deep. */
function nest(levels: number): Condition {
  return levels === 0 ? { column: 'amount', is: 'notEmpty' } : { not: nest(levels - 1) };
}

/** An amount, or nothing, in hundredths, exactly. */
function cents(amount: unknown): bigint {
  return BigInt(typeof amount === 'string' ? amount.replace('.', '') : 0);
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8')) as T;
}
