import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type {
  Facts,
  InputSource,
  Outputs,
  RuleSource,
  Scalar,
  TableSource,
} from '../../../templates/decision-table/lib/table-source.ts';
import { importTemplate } from '../../fixtures/import-template.ts';
import { renderTool } from '../../fixtures/render-tool.ts';

type Table = { readonly source: TableSource };

interface Decision {
  readonly result: unknown;
  readonly basis: string;
  readonly matched: readonly { readonly rule: number; readonly applied: boolean }[];
  readonly explanation?: readonly {
    readonly rule: number;
    readonly matched: boolean;
    readonly tests: readonly { readonly passed: boolean }[];
  }[];
}

interface Sample {
  readonly when: Record<string, string>;
  readonly facts: Facts;
}

interface Analysis {
  readonly complete: boolean | null;
  readonly gaps: readonly Sample[];
  readonly overlapCount: number;
  readonly overlaps: readonly (Sample & { readonly rules: readonly [number, number]; readonly sameOutputs: boolean })[];
  readonly unreachable: readonly number[];
}

interface Lib {
  compileTable(source: TableSource): Table;
  decide(table: Table, facts: Facts, explain: boolean): Decision;
  analyse(table: Table): Analysis;
}

const { compileTable, decide, analyse } = await importTemplate<Lib>('decision-table', ['table', 'decide', 'analyse']);

/** A rule; one place for its `then`, which is a column and no promise. */
function rule(when: RuleSource['when'], outputs: Outputs): RuleSource {
  // oxlint-disable-next-line unicorn/no-thenable
  return { when, then: outputs };
}

const SOURCE: TableSource = {
  hitPolicy: 'unique',
  aggregation: null,
  inputs: [{ name: 'x', type: 'number' }],
  outputs: [{ name: 'y', type: 'string' }],
  rules: [rule({}, { y: 'yes' })],
  default: null,
};

/** Whether a table of one rule with this test matches the fact. */
function passes(type: InputSource['type'], source: RuleSource['when'][string], fact: Scalar): boolean {
  const table = compileTable({
    ...SOURCE,
    inputs: [{ name: 'x', type }],
    rules: [rule({ x: source }, { y: 'yes' })],
  });
  return decide(table, { x: fact }, false).matched.length === 1;
}

/** A table over one number, each rule with one test. */
function numberTable(tests: readonly string[], change: Partial<TableSource> = {}): Table {
  return compileTable({
    ...SOURCE,
    rules: tests.map((x, index) => rule({ x }, { y: String(index) })),
    ...change,
  });
}

suite('a unary test', () => {
  const accepted: [InputSource['type'], RuleSource['when'][string], Scalar[], Scalar[]][] = [
    ['number', '-', [0, -1e9, 0.5], []],
    ['number', '5', [5], [4.999, 5.001]],
    ['number', 5, [5], [4]],
    ['number', '= -.5', [-0.5], [0.5]],
    ['number', '< 10', [9.99, -1], [10, 11]],
    ['number', '<=10', [10], [10.01]],
    ['number', '> 1e3', [1000.5], [1000]],
    ['number', '[1..5)', [1, 4.99], [0.99, 5]],
    ['number', '(1..5]', [1.01, 5], [1, 5.01]],
    ['number', ']1..5[', [3], [1, 5]],
    ['number', '1, [3..4], > 9', [1, 3.5, 10], [2, 9]],
    ['number', 'not([1..5], 7)', [0, 6, 8], [1, 5, 7]],
    ['number', '!= 3', [2, 4], [3]],
    ['number', [1, 2.5], [1, 2.5], [2]],
    ['number', '0.3', [0.3], [0.1 + 0.2]],
    ['integer', '(1..3)', [2], [1, 3]],
    ['date', '>= 2026-01-31', ['2026-01-31', '9999-12-31'], ['2026-01-30']],
    ['date', '[date("2024-02-29")..@"2024-03-01"]', ['2024-02-29', '2024-03-01'], ['2024-02-28', '2024-03-02']],
    ['boolean', 'true', [true], [false]],
    ['boolean', 'not(true)', [false], [true]],
    ['string', 'gold', ['gold'], ['Gold', 'silver']],
    ['string', '"a, b", c', ['a, b', 'c'], ['a', 'b']],
    ['string', 'not(gold, "sil\\"ver")', ['', 'bronze', '__proto__'], ['gold', 'sil"ver']],
    ['string', ['-', '< 10'], ['-', '< 10'], ['9']],
    ['string', ['"};process.exit();//', '${x}', '{{x}}'], ['${x}', '{{x}}'], ['']],
  ];
  for (const [type, source, yes, no] of accepted) {
    test(`${JSON.stringify(source)} of type ${type} tells facts apart`, () => {
      for (const fact of yes) assert.equal(passes(type, source, fact), true, `${String(fact)} passes`);
      for (const fact of no) assert.equal(passes(type, source, fact), false, `${String(fact)} does not`);
    });
  }

  const refused: [InputSource['type'], RuleSource['when'][string], RegExp][] = [
    ['number', '', /rule 1, input "x"/],
    ['number', 'gold', /not a number/],
    ['number', '[1..5', /not an interval/],
    ['number', '[5..1]', /ends before it starts/],
    ['number', '1,,2', /empty place/],
    ['number', 'not()', /negates nothing/],
    ['number', '0.1234567890123456', /15 digits/],
    ['number', '(1..1)', /no value/],
    ['number', true, /not a number/],
    ['integer', '(1..2)', /no value/],
    ['integer', '2.5', /no value/],
    ['date', '2026-02-30', /not a date/],
    ['date', '> 9999-12-31', /no value/],
    ['boolean', 'yes', /true or false/],
    ['string', '< 10', /no text test/],
    ['string', '"open', /open quote/],
    ['string', [1], /not a string/],
  ];
  for (const [type, source, message] of refused) {
    test(`${JSON.stringify(source)} of type ${type} is refused`, () => {
      assert.throws(() => passes(type, source, 0), message);
    });
  }
});

suite('compileTable', () => {
  const broken: [string, Partial<TableSource>, RegExp][] = [
    [
      'an input twice',
      {
        inputs: [
          { name: 'x', type: 'number' },
          { name: 'x', type: 'date' },
        ],
      },
      /input "x" is declared twice/,
    ],
    ['a name every object has', { inputs: [{ name: 'constructor', type: 'number' }] }, /reserved/],
    ['an unknown input', { rules: [rule({ z: '1' }, { y: '' })] }, /rule 1 tests "z"/],
    [
      'an input called __proto__',
      { rules: [rule(JSON.parse('{"__proto__": "1"}') as RuleSource['when'], { y: '' })] },
      /rule 1 tests "__proto__"/,
    ],
    ['an unknown output', { rules: [rule({}, { y: '', z: 1 })] }, /rule 1 sets "z"/],
    ['a missing output', { rules: [rule({}, {})] }, /rule 1 sets no output "y"/],
    ['an output of another type', { rules: [rule({}, { y: 1 })] }, /rule 1 .* no string/],
    [
      'an output outside its values',
      { outputs: [{ name: 'y', type: 'string', values: ['no'] }] },
      /not one of its values/,
    ],
    ['a default that lacks an output', { default: {} }, /default sets no output/],
    [
      'a test outside the values',
      { inputs: [{ name: 'x', type: 'string', values: ['DE'] }], rules: [rule({ x: 'DEE' }, { y: '' })] },
      /"DEE" is not one of/,
    ],
    [
      'a test outside the range',
      { inputs: [{ name: 'x', type: 'number', min: 0, max: 9 }], rules: [rule({ x: '> 9' }, { y: '' })] },
      /rule 1, input "x": no value/,
    ],
    ['a range upside down', { inputs: [{ name: 'x', type: 'number', min: 2, max: 1 }] }, /max is below min/],
    ['an aggregation without collect', { aggregation: 'sum' }, /needs hit policy "collect"/],
    ['a sum of texts', { hitPolicy: 'collect', aggregation: 'sum' }, /type number or integer/],
    ['priority without values', { hitPolicy: 'priority' }, /most important first/],
  ];
  for (const [what, change, message] of broken) {
    test(`refuses ${what}`, () => {
      assert.throws(() => compileTable({ ...SOURCE, ...change }), message);
    });
  }
});

suite('decide', () => {
  test('refuses facts that are missing, inherited or outside the range', () => {
    const table = numberTable(['-'], { inputs: [{ name: 'x', type: 'number', min: 0 }] });
    assert.throws(() => decide(table, {}, false), /facts lack "x"/);
    assert.throws(() => decide(table, Object.create({ x: 1 }) as Facts, false), /facts lack "x"/);
    assert.throws(() => decide(table, { x: -1 }, false), /outside/);
  });

  test('unique: fails where two rules match', () => {
    assert.throws(() => decide(numberTable(['< 5', '> 3']), { x: 4 }, false), /rules 1 and 2 all match/);
  });

  test('first: goes by table order', () => {
    const { result, matched } = decide(numberTable(['< 5', '> 3'], { hitPolicy: 'first' }), { x: 4 }, false);
    assert.deepEqual(result, { y: '0' });
    assert.deepEqual(
      matched.map((each) => [each.rule, each.applied]),
      [
        [1, true],
        [2, false],
      ],
    );
  });

  test('priority: goes by the order of output values, whatever the order of rules', () => {
    const outputs = [{ name: 'y', type: 'string' as const, values: ['2', '1', '0'] }];
    const table = numberTable(['-', '> 0', '> 1'], { hitPolicy: 'priority', outputs });
    assert.deepEqual(
      [0, 1, 2].map((x) => decide(table, { x }, false).result),
      [{ y: '0' }, { y: '1' }, { y: '2' }],
    );
  });

  const points: Partial<TableSource> = {
    hitPolicy: 'collect',
    outputs: [{ name: 'y', type: 'number' }],
    rules: [0.1, 0.2, -3].map((y, index) => rule({ x: `>= ${index}` }, { y })),
  };
  for (const [aggregation, some, none] of [
    [null, [{ y: 0.1 }, { y: 0.2 }], []],
    ['sum', 0.3, null],
    ['min', 0.1, null],
    ['max', 0.2, null],
    ['count', 2, 0],
  ] as const) {
    test(`collect ${aggregation ?? 'as a list'}: is exact, and says so when nothing matches`, () => {
      const table = compileTable({ ...SOURCE, ...points, aggregation });
      assert.deepEqual(decide(table, { x: 1 }, false).result, some);
      assert.deepEqual(decide(table, { x: -1 }, false), {
        hitPolicy: 'collect',
        result: none,
        basis: 'none',
        matched: [],
      });
    });
  }

  test('falls back to the default, in the shape of the policy', () => {
    const fallback = { default: { y: 7 }, inputs: SOURCE.inputs };
    const shapes = [
      [{ hitPolicy: 'first' }, { y: 7 }],
      [{}, [{ y: 7 }]],
      [{ aggregation: 'max' }, 7],
    ] as const;
    for (const [change, result] of shapes) {
      const decision = decide(compileTable({ ...SOURCE, ...points, ...fallback, ...change }), { x: -1 }, false);
      assert.deepEqual([decision.result, decision.basis], [result, 'default']);
    }
  });
});

suite('analyse', () => {
  test('refuses overlaps under unique, naming the rules and facts they share', () => {
    assert.throws(() => analyse(numberTable(['< 5', '[4..6]', '> 6'])), /rules 1 and 2 both match \{"x":4\}/);
  });

  test('refuses rules of equal priority that decide differently', () => {
    const outputs = [
      { name: 'y', type: 'string' as const, values: ['a'] },
      { name: 'z', type: 'number' as const },
    ];
    const rules = [1, 2].map((z) => rule({}, { y: 'a', z }));
    assert.throws(() => analyse(compileTable({ ...SOURCE, hitPolicy: 'priority', outputs, rules })), /rules 1 and 2/);
  });

  test('finds the one value that is missing', () => {
    assert.deepEqual(analyse(numberTable(['< 5', '> 5'])).gaps, [{ when: { x: '5' }, facts: { x: 5 } }]);
  });

  test('knows that whole numbers and days have neighbours, and numbers have none', () => {
    const tests = ['<= 5', '>= 6'];
    assert.equal(analyse(numberTable(tests, { inputs: [{ name: 'x', type: 'integer' }] })).complete, true);
    assert.deepEqual(analyse(numberTable(tests)).gaps, [{ when: { x: '(5..6)' }, facts: { x: 5.5 } }]);
    const days = numberTable(['<= 2026-02-28', '>= 2026-03-01'], { inputs: [{ name: 'x', type: 'date' }] });
    assert.equal(analyse(days).complete, true);
  });

  test('counts every other text as a value', () => {
    const table = numberTable(['a', 'b, other'], { inputs: [{ name: 'x', type: 'string' }] });
    const [gap] = analyse(table).gaps;
    assert.deepEqual(gap, { when: { x: 'not("a", "b", "other")' }, facts: { x: 'other_' } });
  });

  test('finds rules that earlier ones leave nothing to, together', () => {
    const table = numberTable(['< 5', '>= 3', '4', '-'], { hitPolicy: 'first' });
    assert.deepEqual(analyse(table).unreachable, [3, 4]);
  });

  test('gives up on a table that is too entangled, within its budget', () => {
    const names = 'abcdefgh'.split('');
    let seed = 1;
    const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) % 100;
    const boxes = Array.from({ length: 150 }, () => {
      const when = Object.fromEntries(
        names.map((name) => [name, random()] as const).map(([name, low]) => [name, `[${low}..${low + 40}]`]),
      );
      return rule(when, { y: '' });
    });
    const halves = ['< 50', '>= 50'].map((h) => rule({ h }, { y: '' }));
    const inputs = names.map((name) => ({ name, type: 'number' as const }));
    const table = compileTable({ ...SOURCE, hitPolicy: 'collect', inputs, rules: [...boxes, ...halves] });
    assert.equal(analyse(table).complete, null);
  });
});

// Proves template.decision-table.
suite('random tables', () => {
  const INPUTS: readonly InputSource[] = [
    { name: 'n', type: 'number' },
    { name: 'i', type: 'integer', min: 0, max: 6 },
    { name: 's', type: 'string' },
    { name: 'b', type: 'boolean' },
    { name: 'd', type: 'date' },
  ];
  const edge = fc.integer({ min: 0, max: 6 });
  const number = fc.oneof(
    edge.map((a) => `< ${a + 0.5}`),
    edge.map((a) => `>= ${a}`),
    fc.tuple(edge, edge).map(([a, b]) => `[${Math.min(a, b)}..${Math.max(a, b)}]`),
    fc.tuple(edge, edge).map(([a, b]) => `not(${a}, ${b})`),
  );
  const text = fc.constantFrom('p', 'p, q', 'not(p)', 'not(q, r)');
  const date = fc.constantFrom('< 2026-01-02', '[2026-01-02..2026-01-03]', '> 2026-01-03', 'not(2026-01-02)');
  const cells = fc.record(
    { n: number, i: number, s: text, b: fc.constantFrom('true', 'false'), d: date },
    { requiredKeys: [] },
  );
  const tables = fc
    .record({
      rows: fc.array(cells, { minLength: 1, maxLength: 8 }),
      names: fc.shuffledSubarray(
        INPUTS.map(({ name }) => name),
        { minLength: 1, maxLength: 3 },
      ),
    })
    .map(({ rows, names }) => {
      const inputs = INPUTS.filter(({ name }) => names.includes(name));
      const rules = rows.map((tests, index) => {
        const kept = Object.entries(tests).filter(([name]) => names.includes(name));
        return rule(Object.fromEntries(kept), { y: String(index) });
      });
      return { ...SOURCE, hitPolicy: 'collect' as const, inputs, rules };
    });
  const facts = fc.record({
    n: fc.oneof(
      edge,
      edge.map((a) => a + 0.5),
      fc.double({ min: -1, max: 8, noNaN: true }),
    ),
    i: edge,
    s: fc.constantFrom('p', 'q', 'r', 'other', ''),
    b: fc.boolean(),
    d: fc.constantFrom('2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'),
  });
  const compiles = (source: TableSource): Table | undefined => {
    try {
      return compileTable(source);
    } catch {
      return undefined; // A test that nothing can pass, such as "< 0.5" of an integer from 1.
    }
  };
  const hits = (table: Table, given: Facts): number => decide(table, given, false).matched.length;

  test('that are complete always match, and that are not have a gap where nothing does', () => {
    fc.assert(
      fc.property(tables, facts, (source, given) => {
        const table = compiles(source);
        if (table === undefined) return;
        const { complete, gaps } = analyse(table);
        if (complete === true) assert.notEqual(hits(table, given), 0);
        assert.equal(complete, gaps.length === 0);
        for (const gap of gaps) assert.equal(hits(table, gap.facts), 0);
      }),
    );
  });

  test('that unique accepts never match two rules, and those it refuses do where it says', () => {
    fc.assert(
      fc.property(tables, facts, (source, given) => {
        const table = compiles({ ...source, hitPolicy: 'unique' });
        if (table === undefined) return;
        try {
          analyse(table);
        } catch {
          const [overlap] = analyse(compileTable(source)).overlaps;
          assert.throws(() => decide(table, overlap?.facts ?? {}, false));
          return;
        }
        assert.ok(hits(table, given) <= 1);
      }),
    );
  });

  test('become complete, and stay without new overlaps, when their gaps are added as rules', () => {
    fc.assert(
      fc.property(tables, (source) => {
        const table = compiles(source);
        if (table === undefined) return;
        const { gaps, overlapCount } = analyse(table);
        if (gaps.length >= 10) return; // There may be more than are shown.
        const closing = gaps.map(({ when }) => rule(when, { y: 'gap' }));
        const closed = analyse(compileTable({ ...source, rules: [...source.rules, ...closing] }));
        assert.deepEqual([closed.complete, closed.overlapCount], [true, overlapCount]);
      }),
    );
  });

  test('have facts for every rule but the unreachable ones under first', () => {
    fc.assert(
      fc.property(tables, facts, (source, given) => {
        const table = compiles({ ...source, hitPolicy: 'first' });
        if (table === undefined) return;
        const { unreachable } = analyse(table);
        const applied = decide(table, given, false).matched.find((each) => each.applied);
        if (applied !== undefined) assert.ok(!unreachable.includes(applied.rule));
      }),
    );
  });

  test('explain a match by tests that all passed, and a miss by one that did not', () => {
    fc.assert(
      fc.property(tables, facts, (source, given) => {
        const table = compiles(source);
        if (table === undefined) return;
        const { matched, explanation = [] } = decide(table, given, true);
        assert.equal(explanation.length, source.rules.length);
        for (const { rule: row, matched: isMatch, tests } of explanation) {
          assert.equal(
            isMatch,
            tests.every(({ passed }) => passed),
          );
          assert.equal(
            isMatch,
            matched.some((each) => each.rule === row),
          );
        }
      }),
    );
  });
});

suite('the rendered tool', () => {
  const inputs = [
    { name: 'n', type: 'number', min: 0 },
    { name: 'i', type: 'integer', min: 1, max: 3 },
    { name: 's', type: 'string', values: ['a', 'b'] },
    { name: 'd', type: 'date' },
    { name: 'b', type: 'boolean' },
  ];
  const { isInput } = renderTool('decision-table', {
    name: '表',
    inputs,
    outputs: SOURCE.outputs,
    rules: SOURCE.rules,
  });
  const facts = { n: 0.5, i: 2, s: 'a', d: '2026-01-31', b: true };

  test('takes either facts of the right types, values and ranges, or an analysis', () => {
    assert.ok(isInput({ facts, explain: true }));
    assert.ok(isInput({ analyse: true }));
    const wrong = [{}, { facts, analyse: true }, { analyse: false }, { facts: {} }, { facts: { ...facts, x: 1 } }];
    const outside = [{ n: -1 }, { n: '1' }, { i: 1.5 }, { i: 4 }, { s: 'c' }, { d: '2026-02-30' }, { b: 'true' }];
    for (const input of [...wrong, ...outside.map((fact) => ({ facts: { ...facts, ...fact } }))]) {
      assert.equal(isInput(input), false, JSON.stringify(input));
    }
  });
});
