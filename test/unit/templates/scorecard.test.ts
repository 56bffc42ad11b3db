import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import type { Candidate, Scale, Scorecard, ScoreRequest, Value } from '../../../templates/scorecard/lib/types.ts';
import { importTemplate } from '../../fixtures/import-template.ts';
import { renderTool } from '../../fixtures/render-tool.ts';

interface Result {
  readonly rank: number | null;
  readonly name: string;
  readonly score: number;
  readonly band: { readonly label: string } | null;
  readonly eligible: boolean;
  readonly failedGates: readonly { readonly criterion: string; readonly needed: string; readonly value: unknown }[];
  readonly contributions: readonly {
    readonly normalised: number | null;
    readonly share: number;
    readonly contribution: number;
  }[];
  readonly missing: readonly string[];
  readonly possible: { readonly lowest: number; readonly highest: number };
}

interface Flip {
  readonly criterion: string;
  readonly weight: number;
  readonly toWeight: number;
  readonly newWinner: string;
}

interface Scores {
  readonly weights: readonly { readonly share: number }[];
  readonly results: readonly Result[];
  readonly ties: readonly {
    readonly rank: number;
    readonly names: readonly string[];
    readonly leads: readonly { readonly criterion: string; readonly name: string }[];
  }[];
  readonly sensitivity: {
    readonly winner: string | null;
    readonly margin: number | null;
    readonly flips: readonly Flip[];
    readonly robust: readonly string[];
  };
}

interface Lib {
  checkScorecard(card: Scorecard): Scorecard;
  scoreCandidates(card: Scorecard, request: ScoreRequest): Scores;
}

const FOLDER = new URL('../../../templates/scorecard/', import.meta.url);
const TEMPLATE = readJson<{ context: object }>('template.json');
const { checkScorecard, scoreCandidates } = await importTemplate<Lib>('scorecard', [
  'check-scorecard',
  'score-candidates',
]);
const isContext = new Ajv2020({ useDefaults: true, allowUnionTypes: true }).compile(TEMPLATE.context);

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8')) as T;
}

/** A context as the tool gets it: checked against the template's schema, defaults filled in. */
function cardOf(context: object): Scorecard {
  const filled: unknown = structuredClone({ name: 'Test', ...context });
  assert.ok(isContext(filled), JSON.stringify(isContext.errors));
  return checkScorecard(filled as Scorecard);
}

/** What one value is worth on a scale. */
function worth(scale: Scale, x: Value): number | null | undefined {
  const { results } = scoreCandidates(cardOf({ criteria: [{ id: 'x', scale }] }), {
    candidates: [{ name: 'A', values: { x } }],
  });
  return results[0]?.contributions[0]?.normalised;
}

function score(context: object, candidates: Readonly<Record<string, Candidate['values']>>): Scores {
  const named = Object.entries(candidates).map(([name, values]) => ({ name, values }));
  return scoreCandidates(cardOf(context), { candidates: named });
}

/** A decimal as a whole number of units of its last allowed digit; fails when it has more digits. */
function units(value: number, digits: number): bigint {
  const [whole = '', fraction = ''] = value.toFixed(digits).split('.');
  assert.equal(Number(`${whole}.${fraction}`), value, `${value} has at most ${digits} decimals`);
  return BigInt(whole + fraction);
}

suite('a scale', () => {
  const measured: [string, Scale, [Value, number][]][] = [
    [
      'range where more is better',
      { type: 'range', min: 10, max: 40 },
      [
        [10, 0],
        [25, 0.5],
        [40, 1],
        [9, 0],
        [1e12, 1],
        [20, 0.333333],
        [30, 0.666667],
      ],
    ],
    [
      'range where less is better, across zero',
      { type: 'range', min: -1, max: 3, better: 'low' },
      [
        [-1, 1],
        [0, 0.75],
        [3, 0],
      ],
    ],
    ['range of binary fractions', { type: 'range', min: 0.1, max: 0.4 }, [[0.3, 0.666667]]],
    [
      'target with a tolerance',
      { type: 'target', target: 100, tolerance: 5, limit: 25 },
      [
        [100, 1],
        [95, 1],
        [105, 1],
        [110, 0.75],
        [80, 0.25],
        [125, 0],
        [0, 0],
      ],
    ],
    [
      'points',
      {
        type: 'points',
        points: [
          { at: 0, value: 1 },
          { at: 10, value: 0.2 },
          { at: 20, value: 0.6 },
        ],
      },
      [
        [-5, 1],
        [0, 1],
        [5, 0.6],
        [10, 0.2],
        [15, 0.4],
        [20, 0.6],
        [99, 0.6],
      ],
    ],
    [
      'levels, evenly spaced',
      { type: 'levels', levels: ['none', '"};process.exit();//', 'full'] },
      [
        ['none', 0],
        ['"};process.exit();//', 0.5],
        ['full', 1],
      ],
    ],
    [
      'levels with values',
      { type: 'levels', levels: ['low', 'high'], values: [0.1, 0.4] },
      [
        ['low', 0.1],
        ['high', 0.4],
      ],
    ],
    [
      'yes or no where no is best',
      { type: 'boolean', good: false },
      [
        [false, 1],
        [true, 0],
      ],
    ],
  ];
  for (const [what, scale, values] of measured) {
    test(`measures ${what}`, () => {
      for (const [value, expected] of values) assert.equal(worth(scale, value), expected, String(value));
    });
  }

  test('refuses what is not on it', () => {
    const strict = { type: 'range', min: 0, max: 10, outside: 'refuse' } as const;
    assert.throws(() => worth(strict, 10.5), /candidate "A", "x": 10.5 is outside/);
    assert.throws(() => worth({ type: 'levels', levels: ['a', 'b'] }, 'c'), /"c" is none of its levels/);
    assert.throws(() => worth({ type: 'boolean' }, 1), /neither true nor false/);
    assert.throws(() => worth({ type: 'target', target: 1, limit: 1 }, 'x'), /is no number/);
  });

  test('never falls where more is better', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const range = { type: 'range', min: -5000, max: 7000.5 } as const;
        assert.ok(Number(worth(range, Math.max(a, b))) >= Number(worth(range, Math.min(a, b))));
      }),
    );
  });
});

suite('a missing value', () => {
  const criteria = [{ id: 'a', weight: 3 }, { id: 'b' }];
  const one = { A: { a: 8 } };

  test('counts as nothing, as half, not at all, or stops the call', () => {
    const results = (['worst', 'neutral', 'skip'] as const).map(
      (missing) => score({ missing, criteria }, one).results[0],
    );
    assert.deepEqual(
      results.map((each) => each?.score),
      [60, 72.5, 80],
    );
    assert.deepEqual(
      results[2]?.contributions.map(({ normalised, share }) => [normalised, share]),
      [
        [0.8, 1],
        [null, 0],
      ],
    );
    for (const each of results) assert.deepEqual([each?.missing, each?.possible], [['b'], { lowest: 60, highest: 85 }]);
    assert.throws(() => score({ missing: 'refuse', criteria }, one), /candidate "A", "b": the value is missing/);
  });

  test('follows the policy of its own criterion first', () => {
    const own = [criteria[0], { id: 'b', missing: 'neutral' }];
    assert.equal(score({ missing: 'refuse', criteria: own }, one).results[0]?.score, 72.5);
  });

  test('leaves nothing to score when everything with a weight is left out', () => {
    assert.throws(() => score({ missing: 'skip', criteria }, { A: {} }), /no value for any criterion/);
  });

  test('is no inherited property', () => {
    const { results } = score({ criteria: [{ id: 'constructor' }, { id: 'toString' }] }, { A: { toString: 5 } });
    assert.deepEqual([results[0]?.score, results[0]?.missing], [25, ['constructor']]);
  });
});

suite('a gate', () => {
  const levels = { type: 'levels', levels: ['low', 'mid', 'high'] };
  const cases: [string, object, Value | undefined, boolean][] = [
    ['at its end', { gate: { atLeast: 5 } }, 5, true],
    ['below', { gate: { atLeast: 5 } }, 4.99, false],
    ['above both ends', { gate: { atLeast: 5, atMost: 6 } }, 6.01, false],
    ['without a value', { gate: { atMost: 5 } }, undefined, false],
    ['of levels, at its end', { scale: levels, gate: { atLeast: 'mid' } }, 'mid', true],
    ['of levels, below', { scale: levels, gate: { atLeast: 'mid' } }, 'low', false],
    ['of levels, above', { scale: levels, gate: { atMost: 'mid' } }, 'high', false],
    ['of yes or no', { scale: { type: 'boolean' }, gate: { is: false } }, true, false],
  ];
  for (const [what, criterion, value, passes] of cases) {
    test(`${passes ? 'lets pass' : 'stops'} a value ${what}`, () => {
      const values = value === undefined ? {} : { x: value };
      const { results } = score({ criteria: [{ id: 'x', ...criterion }] }, { A: values });
      assert.deepEqual([results[0]?.eligible, results[0]?.rank], [passes, passes ? 1 : null]);
      assert.equal(results[0]?.failedGates.length, passes ? 0 : 1);
    });
  }

  test('keeps the best out of the ranking and of the sensitivity, but scores it', () => {
    const criteria = [{ id: 'x', gate: { atMost: 9 } }];
    const { results, sensitivity } = score({ criteria }, { A: { x: 10 }, B: { x: 3 }, C: { x: 2 } });
    assert.deepEqual(
      results.map(({ name, rank, score: points }) => [name, rank, points]),
      [
        ['B', 1, 30],
        ['C', 2, 20],
        ['A', null, 100],
      ],
    );
    assert.deepEqual([sensitivity.winner, sensitivity.margin], ['B', 10]);
  });
});

suite('the ranking', () => {
  const criteria = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

  test('shares a rank among equals, leaves out the next, and says where they differ', () => {
    const { results, ties, sensitivity } = score(
      { criteria },
      { D: { a: 1 }, A: { a: 9, c: 2 }, B: { a: 2, b: 7, c: 2 }, C: { a: 9, c: 2 } },
    );
    assert.deepEqual(
      results.map(({ name, rank }) => [name, rank]),
      [
        ['A', 1],
        ['B', 1],
        ['C', 1],
        ['D', 4],
      ],
    );
    const [tie] = ties;
    assert.deepEqual([tie?.rank, tie?.names], [1, ['A', 'B', 'C']]);
    assert.deepEqual(tie?.leads, [
      { criterion: 'a', name: 'A' },
      { criterion: 'b', name: 'B' },
    ]);
    assert.deepEqual([sensitivity.winner, sensitivity.flips], [null, []]);
  });

  test('goes by the exact score where the shown ones are equal', () => {
    const { results, ties } = score({ criteria, decimals: 0 }, { A: { a: 5 }, B: { a: 5.01 } });
    assert.deepEqual(
      results.map(({ name, rank, score: points }) => [name, rank, points]),
      [
        ['B', 1, 17],
        ['A', 2, 17],
      ],
    );
    assert.deepEqual(ties, []);
  });

  test('names the band a score reaches, its start included', () => {
    const bands = [
      { from: 50, label: 'good' },
      { from: 20, label: 'fair' },
    ];
    const { results } = score({ criteria: [{ id: 'a' }], bands }, { A: { a: 5 }, B: { a: 4.999 }, C: { a: 1 } });
    assert.deepEqual(
      results.map(({ band }) => band?.label),
      ['good', 'fair', undefined],
    );
  });

  test('refuses a candidate that is there twice', () => {
    const twice = { name: 'A', values: {} };
    assert.throws(() => scoreCandidates(cardOf({ criteria }), { candidates: [twice, twice] }), /"A" is there twice/);
  });
});

suite('checkScorecard', () => {
  const broken: [string, object, RegExp][] = [
    ['a criterion twice', { criteria: [{ id: 'a' }, { id: 'a' }] }, /criterion "a" is there twice/],
    ['no weight at all', { criteria: [{ id: 'a', weight: 0 }] }, /all weights are 0/],
    ['a weight of too many decimals', { criteria: [{ id: 'a', weight: 0.1234567 }] }, /more than 6 decimals/],
    ['an empty range', { criteria: [{ id: 'a', scale: { type: 'range', min: 2, max: 2 } }] }, /min must be below max/],
    [
      'a tolerance beyond the limit',
      { criteria: [{ id: 'a', scale: { type: 'target', target: 0, tolerance: 2, limit: 2 } }] },
      /tolerance of 2/,
    ],
    [
      'points that do not climb',
      {
        criteria: [
          {
            id: 'a',
            scale: {
              type: 'points',
              points: [
                { at: 1, value: 0 },
                { at: 1, value: 1 },
              ],
            },
          },
        ],
      },
      /do not climb/,
    ],
    ['a level twice', { criteria: [{ id: 'a', scale: { type: 'levels', levels: ['x', 'x'] } }] }, /"x" twice/],
    [
      'levels from best to worst',
      { criteria: [{ id: 'a', scale: { type: 'levels', levels: ['x', 'y'], values: [1, 0] } }] },
      /from worst to best/,
    ],
    [
      'levels without a value each',
      { criteria: [{ id: 'a', scale: { type: 'levels', levels: ['x', 'y', 'z'], values: [0, 1] } }] },
      /3 levels but 2 values/,
    ],
    ['a gate of another kind', { criteria: [{ id: 'a', gate: { is: true } }] }, /with a number/],
    ['a gate of an unknown level', { criteria: [{ id: 'a', gate: { atLeast: 'x' } }] }, /names "x"/],
    [
      'a gate that lets nothing pass',
      { criteria: [{ id: 'a', gate: { atLeast: 3, atMost: 2 } }] },
      /lets nothing pass/,
    ],
    [
      'a band that nobody reaches',
      { criteria: [{ id: 'a' }], bands: [{ from: 101, label: 'x' }] },
      /above the maximum/,
    ],
  ];
  for (const [what, context, message] of broken) {
    test(`refuses ${what}`, () => {
      assert.throws(() => cardOf(context), message);
    });
  }
});

// Proves template.scorecard.
suite('any scores', () => {
  const policy = fc.constantFrom('worst', 'neutral', 'skip');
  const weight = fc.integer({ min: 0, max: 5000 }).map((mills) => mills / 1000);
  const value = fc.option(
    fc.integer({ min: 0, max: 1000 }).map((cents) => cents / 100),
    { nil: undefined, freq: 8 },
  );
  const setups = fc.integer({ min: 1, max: 6 }).chain((size) =>
    fc.record({
      missing: policy,
      decimals: fc.integer({ min: 0, max: 4 }),
      weights: fc.array(weight, { minLength: size, maxLength: size }),
      rows: fc.array(fc.array(value, { minLength: size, maxLength: size }), { minLength: 1, maxLength: 6 }),
    }),
  );
  type Setup = typeof setups extends fc.Arbitrary<infer T> ? T : never;

  function scoreSetup(
    { missing, decimals, weights, rows }: Setup,
    change: Readonly<Record<number, number>> = {},
  ): Scores {
    // The last criterion is always known and always counts.
    const criteria = [
      ...weights.map((each, index) => ({ id: `c${index}`, weight: change[index] ?? each })),
      { id: 'known' },
    ];
    const candidates: Record<string, Candidate['values']> = {};
    for (const [index, row] of rows.entries()) {
      const known = row.map((each, place) => [`c${place}`, each] as const).filter(([, each]) => each !== undefined);
      candidates[`n${index}`] = { ...(Object.fromEntries(known) as Candidate['values']), known: 5 };
    }
    return score({ missing, decimals, criteria }, candidates);
  }

  test('are the sum of the contributions as shown, and shares the sum of one', () => {
    fc.assert(
      fc.property(setups, (setup) => {
        const { results, weights } = scoreSetup(setup);
        const sum = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n);
        assert.equal(sum(weights.map(({ share }) => units(share, 4))), 10_000n);
        for (const { contributions, score: points } of results) {
          const { decimals } = setup;
          assert.equal(
            sum(contributions.map(({ contribution }) => units(contribution, decimals))),
            units(points, decimals),
          );
          assert.equal(sum(contributions.map(({ share }) => units(share, 4))), 10_000n);
        }
      }),
    );
  });

  test('are the weighted mean, rounded, and lie between what is possible', () => {
    fc.assert(
      fc.property(setups, (setup) => {
        const weights = [...setup.weights, 1];
        for (const { contributions, name, possible, score: points } of scoreSetup(setup).results) {
          const worths = contributions.map(({ normalised }) => normalised);
          const counted = weights.filter((_, index) => worths[index] !== null);
          const mean =
            worths.reduce<number>((sum, each, index) => sum + (each ?? 0) * (weights[index] ?? 0), 0) /
            counted.reduce((a, b) => a + b, 0);
          assert.ok(Math.abs(points - 100 * mean) <= 0.5 / 10 ** setup.decimals + 1e-9, name);
          assert.ok(possible.lowest <= points && points <= possible.highest, name);
        }
      }),
    );
  });

  test('change their winner at each flip, to the one it names, and not before', () => {
    fc.assert(
      fc.property(setups, (setup) => {
        const { sensitivity } = scoreSetup(setup);
        for (const { criterion, newWinner, toWeight, weight: now } of sensitivity.flips) {
          if (criterion === 'known') continue;
          const winnerAt = (at: number): string | undefined =>
            scoreSetup(setup, { [Number(criterion.slice(1))]: Number(at.toFixed(6)) }).results[0]?.name;
          const step = (toWeight > now ? 1 : -1) * 2e-6;
          if (toWeight > 1e5 || Math.abs(toWeight - now) < 1e-5 || toWeight < 1e-5) continue;
          assert.equal(winnerAt(toWeight - step), sensitivity.winner, `${criterion} before ${toWeight}`);
          // Others may meet at the same weight: whoever wins beyond it, it is no longer the winner.
          assert.notEqual(winnerAt(toWeight + step), sensitivity.winner, `${criterion} beyond ${toWeight}`);
          assert.ok(setup.rows.some((_, index) => `n${index}` === newWinner));
        }
      }),
    );
  });

  test('keep their winner whatever a robust weight is', () => {
    fc.assert(
      fc.property(setups, fc.integer({ min: 0, max: 100_000 }), (setup, mills) => {
        const { sensitivity } = scoreSetup(setup);
        for (const criterion of sensitivity.robust.filter((each) => each !== 'known')) {
          const moved = scoreSetup(setup, { [Number(criterion.slice(1))]: mills / 1000 });
          const leaders = moved.results.filter(({ rank }) => rank === 1).map(({ name }) => name);
          assert.ok(sensitivity.winner === null || leaders.includes(sensitivity.winner), criterion);
        }
      }),
    );
  });
});

suite('the rendered tool', () => {
  test('takes numbers, levels and yes or no as the scales have them, and nothing else', () => {
    const { isInput } = renderTool('scorecard', {
      name: '表',
      criteria: [
        { id: 'n', scale: { type: 'range', min: 0, max: 5, outside: 'refuse' } },
        { id: 'l', scale: { type: 'levels', levels: ['a', 'b'] } },
        { id: 'b', scale: { type: 'boolean' } },
      ],
    });
    const accepts = (values: object): boolean => isInput({ candidates: [{ name: 'A', values }] });
    assert.deepEqual([accepts({}), accepts({ n: 5, l: 'b', b: true })], [true, true]);
    for (const values of [{ n: 6 }, { n: '5' }, { l: 'c' }, { b: 'true' }, { other: 1 }]) {
      assert.equal(accepts(values), false, JSON.stringify(values));
    }
  });

  test('has examples that work at the ends of what a context may hold', () => {
    const edge = 1e12;
    const context = {
      name: 'Edges',
      missing: 'refuse',
      maximum: 1,
      decimals: 0,
      criteria: [
        { id: 'r', scale: { type: 'range', min: -edge, max: edge, outside: 'refuse' } },
        { id: 't', scale: { type: 'target', target: edge, limit: edge }, weight: 0 },
        { id: 'u', scale: { type: 'target', target: -edge, limit: 1 }, gate: { atLeast: 0 } },
        { id: 'b', scale: { type: 'boolean', good: false }, gate: { is: false } },
      ],
    };
    const { manifest, isInput, isOutput } = renderTool('scorecard', context);
    for (const { input } of manifest.examples) {
      assert.ok(isInput(input), JSON.stringify(isInput.errors));
      assert.ok(isOutput(scoreCandidates(cardOf(context), input as ScoreRequest)), JSON.stringify(isOutput.errors));
    }
  });
});
