import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import fc from 'fast-check';
import type { ComparisonRequest, Cost, Offer, Purchase } from '../../../templates/quote-comparison/lib/types.ts';
import { importTemplate } from '../../fixtures/import-template.ts';
import { renderTool } from '../../fixtures/render-tool.ts';

interface OfferReport {
  readonly rank: number | null;
  readonly name: string;
  readonly failedMusts: readonly string[];
  readonly points: { readonly total: number; readonly price: number; readonly quality: number } | null;
  readonly cost: {
    readonly total: string;
    readonly presentValue: string;
    readonly items: readonly { readonly years: readonly string[]; readonly total: string }[];
    readonly years: readonly { readonly amount: string; readonly presentValue: string }[];
    readonly rate: { readonly rate: number; readonly date: string; readonly source: string } | null;
  };
  readonly needs: readonly { readonly share: number; readonly points: number | null; readonly stated: boolean }[];
  readonly breakEven: {
    readonly status: string;
    readonly presentValue: string | null;
    readonly changeRatio: number | null;
  } | null;
}

interface Comparison {
  readonly method: { readonly priceWeight: number; readonly quantities: readonly number[] };
  readonly offers: readonly OfferReport[];
  readonly priceWeightFlips: readonly { readonly priceWeight: number; readonly first: string }[];
}

interface Lib {
  checkPurchase(purchase: Purchase): Purchase;
  compareOffers(purchase: Purchase, request: ComparisonRequest): Comparison;
}

const FOLDER = new URL('../../../templates/quote-comparison/', import.meta.url);
const TEMPLATE = readJson<{ context: object }>('template.json');
const { checkPurchase, compareOffers } = await importTemplate<Lib>('quote-comparison', [
  'check-purchase',
  'compare-offers',
]);
const ajv = new Ajv2020({ useDefaults: true, allowUnionTypes: true });
ajvFormats.default(ajv);
const isContext = ajv.compile(TEMPLATE.context);

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8')) as T;
}

/** A context as the tool gets it: checked against the template's schema, defaults filled in. */
function purchaseOf(context: object): Purchase {
  const filled: unknown = structuredClone({ purchase: 'Test', ...context });
  assert.ok(isContext(filled), JSON.stringify(isContext.errors));
  return checkPurchase(filled as Purchase);
}

function compare(context: object, offers: readonly Offer[], request: Partial<ComparisonRequest> = {}): Comparison {
  return compareOffers(purchaseOf(context), { offers, ...request });
}

/** The amounts of one cost by year. */
function yearsOf(context: object, cost: Omit<Cost, 'item'>): readonly string[] | undefined {
  const { offers } = compare(context, [{ name: 'A', costs: [{ item: 'x', ...cost }] }]);
  return offers[0]?.cost.items[0]?.years;
}

/** An offer that is paid once, so that its present value is its price. */
function priced(name: string, price: number, needs: Offer['needs'] = {}): Offer {
  return { name, costs: [{ item: 'all', amount: price, due: 'once' }], needs };
}

/** A decimal as a whole number of hundredths. */
function cents(value: string | number): bigint {
  return BigInt(Number(value).toFixed(2).replace('.', ''));
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((a, b) => a + b, 0n);
}

suite('a cost', () => {
  const quantity = [2, 3];
  const cases: [string, object, Omit<Cost, 'item'>, string[]][] = [
    ['once, at the purchase', {}, { amount: 100, due: 'once' }, ['100.00', '0.00', '0.00', '0.00']],
    ['once, later', {}, { amount: 100, due: 'once', from: 2 }, ['0.00', '0.00', '100.00', '0.00']],
    ['once, after the last year', {}, { amount: 100, due: 'once', from: 4 }, ['0.00', '0.00', '0.00', '0.00']],
    ['monthly', {}, { amount: 9.99, due: 'monthly' }, ['0.00', '119.88', '119.88', '119.88']],
    ['yearly with growth', {}, { amount: 100, due: 'yearly', growth: 0.1 }, ['0.00', '100.00', '110.00', '121.00']],
    [
      'yearly with growth from its first year',
      {},
      { amount: 100, due: 'yearly', growth: 0.1, from: 2 },
      ['0.00', '0.00', '100.00', '110.00'],
    ],
    ['yearly up to a year', {}, { amount: 1, due: 'yearly', to: 2 }, ['0.00', '1.00', '1.00', '0.00']],
    ['per unit', { quantity }, { amount: 10, due: 'yearly', perUnit: true }, ['0.00', '20.00', '30.00', '30.00']],
    [
      'per unit, at the purchase',
      { quantity },
      { amount: 10, due: 'once', perUnit: true },
      ['20.00', '0.00', '0.00', '0.00'],
    ],
    ['when leaving', {}, { amount: 5, due: 'exit' }, ['0.00', '0.00', '0.00', '5.00']],
    ['in yen', { currency: 'JPY' }, { amount: 10.5, due: 'once' }, ['11', '0', '0', '0']],
    ['of half a cent', {}, { amount: 1.005, due: 'once' }, ['1.01', '0.00', '0.00', '0.00']],
  ];
  for (const [what, context, cost, years] of cases) {
    test(`falls due ${what}`, () => {
      assert.deepEqual(yearsOf(context, cost), years);
    });
  }

  test('is discounted from the end of its year, or from its start, and leaving always from the end', () => {
    const costs: Cost[] = [
      { item: 'now', amount: 100, due: 'once' },
      { item: 'year', amount: 110, due: 'yearly' },
      { item: 'exit', amount: 121, due: 'exit' },
    ];
    const presentValues = (['end', 'start'] as const).map((payments) => {
      const { offers } = compare({ years: 2, discountRate: 0.1, payments }, [{ name: 'A', costs }]);
      return offers[0]?.cost.years.map(({ presentValue }) => presentValue);
    });
    assert.deepEqual(presentValues, [
      ['100.00', '100.00', '190.91'],
      ['100.00', '110.00', '200.00'],
    ]);
  });

  test('is converted at the rate of the call before that of the context, and says which', () => {
    const rates = { GBP: { rate: 1.25, date: '2026-01-15', source: 'illustrative' } };
    const newer = { GBP: { rate: 1.5, date: '2026-02-15', source: 'illustrative' } };
    const offer = { ...priced('A', 100), currency: 'GBP' };
    const costs = [{}, { rates: newer }].map((request) => compare({ rates }, [offer], request).offers[0]?.cost);
    assert.deepEqual(
      costs.map((cost) => [cost?.total, cost?.rate]),
      [
        ['125.00', rates.GBP],
        ['150.00', newer.GBP],
      ],
    );
  });

  const broken: [string, Offer[], RegExp][] = [
    ['without a rate', [{ ...priced('A', 1), currency: 'GBP' }], /"A" is in GBP/],
    ['in a currency named like an inherited property', [{ ...priced('A', 1), currency: 'constructor' }], /ISO 4217/],
    [
      'that ends before it begins',
      [{ name: 'A', costs: [{ item: 'x', amount: 1, due: 'yearly', from: 3, to: 2 }] }],
      /ends in year 2/,
    ],
    ['below nothing', [priced('A', -1)], /less than nothing/],
    ['of an offer that is there twice', [priced('A', 1), priced('A', 2)], /"A" is there twice/],
  ];
  for (const [what, offers, message] of broken) {
    test(`is refused ${what}`, () => {
      assert.throws(() => compare({}, offers), message);
    });
  }
});

suite('checkPurchase', () => {
  const rate = { rate: 1, date: '2026-01-15', source: 'illustrative' };
  const broken: [string, object, RegExp][] = [
    ['an unknown currency', { currency: 'XQQ' }, /"XQQ"/],
    ['a rate of an unknown currency', { rates: { XQQ: rate } }, /"XQQ"/],
    ['a rate of the own currency', { rates: { USD: rate } }, /leave it out/],
    ['a need twice', { needs: [{ id: 'a' }, { id: 'a' }] }, /need "a" is there twice/],
    ['needs that weigh nothing', { needs: [{ id: 'a', weight: 0 }] }, /all their weights are 0/],
  ];
  for (const [what, context, message] of broken) {
    test(`refuses ${what}`, () => {
      assert.throws(() => purchaseOf(context), message);
    });
  }

  test('takes no rate without a real date and a source', () => {
    for (const change of [{ date: '2026-02-30' }, { source: '' }, { rate: 0 }]) {
      assert.equal(isContext({ purchase: 'x', rates: { GBP: { ...rate, ...change } } }), false, JSON.stringify(change));
    }
  });
});

suite('compareOffers', () => {
  const needs = [
    { id: 'sso', must: true, weight: 0 },
    { id: 'speed', weight: 2 },
    { id: 'support', weight: 1, must: true, atLeast: 0.5 },
  ];
  const all = { sso: 'yes', speed: 'yes', support: 'yes' } as const;

  test('leaves out who fails a must, also as the lowest price', () => {
    const { offers } = compare({ needs }, [
      priced('Cheap', 1, { sso: 'partly', speed: 'yes', support: 'no' }),
      priced('Silent', 1, { speed: 'yes', support: 'yes' }),
      priced('Good', 100, all),
      priced('Fair', 200, { ...all, support: 'partly' }),
    ]);
    assert.deepEqual(
      offers.map(({ failedMusts, name, points, rank }) => [name, rank, failedMusts, points?.price ?? null]),
      [
        ['Good', 1, [], 50],
        ['Fair', 2, [], 25],
        ['Cheap', null, ['sso', 'support'], null],
        ['Silent', null, ['sso'], null],
      ],
    );
    assert.deepEqual(
      offers[3]?.needs.map(({ stated }) => stated),
      [false, true, true],
    );
  });

  test('has no first where nobody is in', () => {
    const { offers, priceWeightFlips } = compare({ needs }, [priced('A', 1), priced('B', 2)]);
    assert.deepEqual([offers.map(({ rank }) => rank), priceWeightFlips], [[null, null], []]);
  });

  test('goes by the price alone without needs', () => {
    const { method, offers } = compare({ priceWeight: 0.2 }, [priced('A', 30), priced('B', 20)]);
    assert.deepEqual(
      [method.priceWeight, offers.map(({ name, points }) => [name, points?.total])],
      [
        1,
        [
          ['B', 100],
          ['A', 66.67],
        ],
      ],
    );
  });

  test('shares the first rank among equals, and then knows no flip', () => {
    const { offers, priceWeightFlips } = compare({ needs }, [
      priced('A', 3, all),
      priced('B', 3, all),
      priced('C', 4, all),
    ]);
    assert.deepEqual([offers.map(({ rank }) => rank), priceWeightFlips], [[1, 1, 3], []]);
  });

  test('scores linear prices down to nothing', () => {
    const { offers } = compare({ priceScore: 'linear', zeroAt: 3 }, [
      priced('A', 10),
      priced('B', 20),
      priced('C', 30),
      priced('D', 99),
    ]);
    assert.deepEqual(
      offers.map(({ points }) => points?.total),
      [100, 50, 0, 0],
    );
  });

  test('knows offers that cost nothing', () => {
    const { offers } = compare({ needs }, [
      priced('Free', 0, { ...all, speed: 0.1 }),
      priced('Paid', 10, all),
      priced('Gift', 0, all),
    ]);
    assert.deepEqual(
      offers.map(({ breakEven, name, points }) => [name, points?.price, breakEven?.status]),
      [
        ['Gift', 50, 'at-price'],
        ['Free', 50, 'never'],
        ['Paid', 0, 'at-price'],
      ],
    );
  });
});

// Proves template.quote-comparison.
suite('any comparison', () => {
  const ratio = fc.integer({ min: 0, max: 20 }).map((each) => each / 20);
  const contexts = fc.record({
    priceWeight: ratio,
    priceScore: fc.constantFrom('ratio', 'linear'),
    zeroAt: fc.integer({ min: 11, max: 50 }).map((each) => each / 10),
    needs: fc
      .array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 })
      .map((weights) => weights.map((weight, index) => ({ id: `n${index}`, weight }))),
  });
  const prices = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 100_000 }), fc.array(ratio, { minLength: 4, maxLength: 4 })),
    {
      minLength: 1,
      maxLength: 5,
    },
  );
  const offersOf = (rows: readonly (readonly [number, readonly number[]])[]): Offer[] =>
    rows.map(([price, fulfilments], index) =>
      priced(`o${index}`, price / 100, Object.fromEntries(fulfilments.map((each, place) => [`n${place}`, each]))),
    );

  test('adds up: items and years to totals, price and needs to points, shares to one', () => {
    const cost = fc.record({
      item: fc.constant('x'),
      amount: fc.integer({ min: 0, max: 9_999_999 }).map((each) => each / 1000),
      due: fc.constantFrom<Cost['due']>('once', 'monthly', 'yearly', 'exit'),
      perUnit: fc.boolean(),
      growth: fc.integer({ min: -500, max: 1000 }).map((each) => each / 1000),
    });
    const offers = fc.array(fc.array(cost, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 });
    const rules = fc.record({
      years: fc.integer({ min: 1, max: 6 }),
      discountRate: ratio,
      quantity: fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 3 }),
      payments: fc.constantFrom('start', 'end'),
    });
    fc.assert(
      fc.property(offers, contexts, rules, ratio, (rows, context, rule, fulfilment) => {
        const named = rows.map((costs, index) => ({
          name: `o${index}`,
          costs,
          needs: Object.fromEntries(context.needs.map(({ id }) => [id, fulfilment])),
        }));
        const result = compare({ ...context, ...rule }, named);
        for (const { cost: shown, needs, points } of result.offers) {
          assert.equal(sum(shown.items.map(({ total }) => cents(total))), cents(shown.total));
          for (const item of shown.items) assert.equal(sum(item.years.map(cents)), cents(item.total));
          assert.equal(sum(shown.years.map(({ amount }) => cents(amount))), cents(shown.total));
          assert.equal(sum(shown.years.map(({ presentValue }) => cents(presentValue))), cents(shown.presentValue));
          assert.ok(cents(shown.presentValue) <= cents(shown.total) + BigInt(rule.years));
          const given = sum(needs.map(({ points: each }) => cents(each ?? 0)));
          assert.deepEqual(
            [cents(points?.price ?? 0) + given, given],
            [cents(points?.total ?? 0), cents(points?.quality ?? 0)],
          );
          if (needs.length > 0) assert.equal(sum(needs.map(({ share }) => BigInt(Math.round(share * 1e4)))), 10_000n);
        }
      }),
    );
  });

  test('has each offer first at its break-even price, and not a cent above', () => {
    fc.assert(
      fc.property(contexts, prices, (context, rows) => {
        const { offers } = compare(context, offersOf(rows));
        for (const { breakEven, name } of offers) {
          if (breakEven === null) continue;
          const index = Number(name.slice(1));
          const rankAt = (price: number): number | null | undefined =>
            compare(context, offersOf(rows.with(index, [price, rows[index]?.[1] ?? []]))).offers.find(
              (each) => each.name === name,
            )?.rank;
          if (breakEven.status === 'any-price') assert.equal(rankAt(1e12), 1, name);
          else if (breakEven.status === 'never') assert.notEqual(rankAt(0), 1, name);
          else {
            const price = Number(cents(breakEven.presentValue ?? ''));
            assert.equal(rankAt(price), 1, `${name} at ${price}`);
            assert.notEqual(rankAt(price + 1), 1, `${name} at ${price + 1}`);
          }
        }
      }),
    );
  });

  test('has another first beyond each weight of the price it names, and the same before', () => {
    fc.assert(
      fc.property(contexts, prices, (context, rows) => {
        const firstsAt = (priceWeight: number): string[] =>
          compare({ ...context, priceWeight }, offersOf(rows))
            .offers.filter(({ rank }) => rank === 1)
            .map(({ name }) => name);
        const { offers, priceWeightFlips } = compare(context, offersOf(rows));
        for (const { priceWeight } of priceWeightFlips) {
          const step = priceWeight > context.priceWeight ? 2e-4 : -2e-4;
          const [before, beyond] = [priceWeight - step, priceWeight + step];
          if (Math.min(before, beyond) < 0 || Math.max(before, beyond) > 1) continue;
          if (Math.abs(priceWeight - context.priceWeight) < 4e-4) continue;
          assert.deepEqual(firstsAt(before), [offers[0]?.name]);
          assert.ok(!firstsAt(beyond).includes(offers[0]?.name ?? ''));
        }
      }),
    );
  });

  test('gives more points for a lower price', () => {
    fc.assert(
      fc.property(contexts, prices, fc.nat(100_000), (context, rows, off) => {
        const [[price, fulfilments] = [0, []], ...rest] = rows;
        const pointsAt = (amount: number): number =>
          compare(context, offersOf([[amount, fulfilments], ...rest])).offers.find(({ name }) => name === 'o0')?.points
            ?.total ?? 0;
        assert.ok(pointsAt(Math.max(price - off, 0)) >= pointsAt(price));
      }),
    );
  });
});

suite('the rendered tool', () => {
  const { isInput } = renderTool('quote-comparison', { purchase: '"};process.exit();//{{x}}', needs: [{ id: 'a' }] });
  const accepts = (cost: object, needs: object = {}): boolean =>
    isInput({ offers: [{ name: 'A', needs, costs: [{ item: 'x', amount: 1, due: 'yearly', ...cost }] }] });

  test('takes costs whose parts go together', () => {
    const right = [{}, { growth: 0.1, from: 1, to: 2 }, { due: 'once', from: 0, perUnit: true }, { due: 'exit' }];
    for (const cost of right) assert.ok(accepts(cost), JSON.stringify(cost));
    const wrong = [
      { from: 0 },
      { amount: '1' },
      { due: 'weekly' },
      { due: 'once', growth: 0.1 },
      { due: 'once', to: 2 },
      { due: 'exit', from: 1 },
      { other: 1 },
    ];
    for (const cost of wrong) assert.ok(!accepts(cost), JSON.stringify(cost));
  });

  test('takes fulfilment in words or from 0 to 1, of known needs', () => {
    assert.ok(accepts({}, { a: 'partly' }) && accepts({}, { a: 0.3 }));
    for (const needs of [{ a: 'mostly' }, { a: 1.1 }, { b: 'yes' }])
      assert.ok(!accepts({}, needs), JSON.stringify(needs));
  });
});
