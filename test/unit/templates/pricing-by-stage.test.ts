import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import type { PriceBook, PricingRequest, ValueBook } from '../../../templates/pricing-by-stage/lib/price-book.ts';
import { importTemplate } from '../../fixtures/import-template.ts';
import { renderTool } from '../../fixtures/render-tool.ts';

interface Money {
  readonly amount: string;
  readonly text: string;
}

interface Waterfall {
  readonly list: Money;
  readonly volumeDiscount: Money;
  readonly termDiscount: Money;
  readonly negotiatedDiscount: Money;
  readonly price: Money;
}

interface Tax {
  readonly name: string;
  readonly amount: Money;
}

interface Quote {
  readonly discount: { readonly granted: number; readonly status: string; readonly approver: string | null };
  readonly lines: readonly (Waterfall & { readonly quantity: number; readonly taxes?: readonly Tax[] })[];
  readonly totals: Waterfall & {
    readonly net: Money;
    readonly taxes: readonly Tax[];
    readonly tax: Money;
    readonly total: Money;
  };
}

interface Answer {
  readonly quote: Quote;
  readonly plans: readonly { readonly id: string }[];
  readonly valueRange: readonly { readonly low: number; readonly high: number; readonly illustrative: boolean }[];
  readonly urgency: boolean;
  readonly issuedOn: string;
  readonly validUntil: string;
}

interface Lib {
  checkPriceBook(book: PriceBook): PriceBook;
  withoutPrices(book: PriceBook): ValueBook;
  priceByStage(book: PriceBook, request: PricingRequest, nowMs: number): Answer;
}

const NOW = Date.UTC(2026, 0, 15);
const FOLDER = new URL('../../../templates/pricing-by-stage/', import.meta.url);
const TEMPLATE = readJson<{ context: object }>('template.json');
const { checkPriceBook, priceByStage, withoutPrices } = await importTemplate<Lib>('pricing-by-stage', [
  'check-price-book',
  'price-book',
  'pricing',
]);

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8')) as T;
}

const isContext = new Ajv2020({ useDefaults: true, allowUnionTypes: true }).compile(TEMPLATE.context);

/** A context as the tool gets it: checked against the template's schema, defaults filled in. */
function bookOf(context: object): PriceBook {
  const filled: unknown = structuredClone(context);
  assert.ok(isContext(filled), JSON.stringify(isContext.errors));
  return checkPriceBook(filled as PriceBook);
}

const CONTEXT = { product: 'Widget', plans: [{ id: 'basic', price: 10 }] };

/** The quote for one plan, some of it changed. */
function quote(context: object, request: Partial<PricingRequest> = {}): Quote {
  const whole = { stage: 'negotiation', plan: 'basic', quantity: 1, ...request } as const;
  return priceByStage(bookOf({ ...CONTEXT, ...context }), whole, NOW).quote;
}

/** Amounts in minor units. */
function minor(money: Money): bigint {
  return BigInt(money.amount.replace('.', ''));
}

function sum(amounts: readonly Money[]): bigint {
  return amounts.reduce((total, amount) => total + minor(amount), 0n);
}

suite('checkPriceBook', () => {
  const plan = { id: 'basic', price: 10 };
  const broken: [string, object, RegExp][] = [
    ['an unknown currency', { currency: 'XQQ' }, /"XQQ"/],
    ['a plan twice', { plans: [plan, plan] }, /plan "basic" is there twice/],
    ['an add-on twice', { addOns: [plan, plan] }, /add-on "basic" is there twice/],
    ['an add-on to no plan', { addOns: [{ ...plan, plans: ['gold'] }] }, /unknown plan "gold"/],
    ['a term twice', { terms: [{ months: 1 }, { months: 1 }] }, /1 months/],
    ['a region twice', { taxes: { regions: [{ region: 'DE' }, { region: 'DE' }] } }, /tax region "DE"/],
    [
      'bands that fall',
      {
        plans: [
          {
            ...plan,
            volume: {
              bands: [
                { from: 9, discount: 0 },
                { from: 9, discount: 0.1 },
              ],
            },
          },
        ],
      },
      /9 follows 9/,
    ],
    [
      'a ladder that falls',
      {
        approvals: [
          { upTo: 0.3, by: 'a' },
          { upTo: 0.2, by: 'b' },
        ],
      },
      /0.2 follows 0.3/,
    ],
    ['a plan that cannot be sold', { plans: [{ ...plan, minQuantity: 5, maxQuantity: 4 }] }, /at most 4/],
    ['a value range upside down', { value: [{ outcome: 'x', low: 2, high: 1, unit: 'h' }] }, /above its high end/],
  ];
  for (const [what, change, message] of broken) {
    test(`refuses ${what}`, () => {
      assert.throws(() => bookOf({ ...CONTEXT, ...change }), message);
    });
  }

  test('takes strings that are code and names such as __proto__ for what they are', () => {
    const id = '__proto__';
    const product = '"};process.exit();//${x}{{y}}';
    const book = bookOf({ product, plans: [{ id, price: 1 }], taxes: { regions: [{ region: 'constructor' }] } });
    const { quote: priced } = priceByStage(
      book,
      { stage: 'negotiation', plan: id, quantity: 1, region: 'constructor' },
      NOW,
    );
    assert.equal(priced.totals.total.amount, '12.00');
  });
});

suite('discovery', () => {
  const book = bookOf({
    ...CONTEXT,
    plans: [
      { id: 'small', price: 977.53, maxQuantity: 10 },
      { id: 'large', price: 886.31, minQuantity: 11, volume: { bands: [{ from: 100, discount: 0.4567 }] } },
    ],
    addOns: [{ id: 'extra', price: 795.19 }],
    discountAuthority: 0.6789,
    value: [
      { outcome: 'Hours saved', low: 0.1, high: 0.2, unit: 'hours' },
      { outcome: 'Churn', low: 1, high: 2, unit: 'points', per: 'customer', source: 'A study' },
    ],
  });

  test('shows no price: no digit of the price book, at any quantity', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom('small', 'large', undefined), (quantity, plan) => {
        const request = { stage: 'discovery', quantity, ...(plan === undefined ? {} : { plan }) } as const;
        const text = JSON.stringify(priceByStage(book, request, NOW));
        assert.doesNotMatch(
          text,
          /977\.53|886\.31|795\.19|0\.4567|45\.67|0\.6789|67\.89|\$|USD|price"|amount|discount/i,
        );
      }),
    );
  });

  test('is not given the prices in the first place', () => {
    const { plans, ...rest } = withoutPrices(book);
    assert.deepEqual(Object.keys(rest), ['product', 'illustrative', 'value', 'questions']);
    assert.deepEqual(plans, [
      { id: 'small', unit: 'seat', minQuantity: 1, maxQuantity: 10 },
      { id: 'large', unit: 'seat', minQuantity: 11 },
    ]);
  });

  test('says the same whatever the prices are', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 2 }), (prices) => {
        const plans = book.plans.map((plan, index) => ({ ...plan, price: prices[index] ?? 0 }));
        const request = { stage: 'discovery', quantity: 50 } as const;
        const other = { ...book, plans, addOns: [], terms: [], discountAuthority: 1 };
        assert.deepEqual(priceByStage(other, request, NOW), priceByStage(book, request, NOW));
      }),
    );
  });

  test('scales value with the quantity exactly, names what is illustrative, and leaves out plans not sold so', () => {
    const { plans, valueRange } = priceByStage(book, { stage: 'discovery', quantity: 3 }, NOW);
    assert.deepEqual(
      plans.map(({ id }) => id),
      ['small'],
    );
    assert.deepEqual(
      valueRange.map(({ low, high, illustrative }) => [low, high, illustrative]),
      [
        [0.3, 0.6, true],
        [1, 2, false],
      ],
    );
  });
});

suite('a quote', () => {
  const bands = [
    { from: 11, discount: 0.1 },
    { from: 21, discount: 0.2 },
  ];
  const banded = (mode: string): object => ({
    plans: [{ id: 'basic', price: 10, period: 'once', volume: { mode, bands } }],
  });

  for (const [quantity, graduated, volume] of [
    [10, '100.00', '100.00'],
    [11, '109.00', '99.00'],
    [21, '198.00', '168.00'],
    [30, '270.00', '240.00'],
  ] as const) {
    test(`of ${quantity} units costs ${graduated} in slabs and ${volume} by the band reached`, () => {
      assert.equal(quote(banded('graduated'), { quantity }).totals.total.amount, graduated);
      assert.equal(quote(banded('volume'), { quantity }).totals.total.amount, volume);
    });
  }

  test('has as many digits as the currency, and rounds halves as the context says', () => {
    const price = { plans: [{ id: 'basic', price: 0.0125, period: 'once' }] };
    const total = (currency: string, rounding: string, quantity: number): string =>
      quote({ ...price, currency, rounding }, { quantity }).totals.total.amount;
    assert.deepEqual(
      [
        total('USD', 'half-up', 10),
        total('USD', 'half-even', 10),
        total('JPY', 'half-up', 40),
        total('KWD', 'half-up', 1),
      ],
      ['0.13', '0.12', '1', '0.013'],
    );
    assert.equal(total('JPY', 'half-even', 40), '0');
  });

  test('counts monthly and yearly prices by the term, and single ones once', () => {
    const prices = (['month', 'year', 'once'] as const).map((period) => {
      const context = { plans: [{ id: 'basic', price: 100, period }], terms: [{ months: 12 }, { months: 7 }] };
      return quote(context, { termMonths: 7 }).totals.total.amount;
    });
    assert.deepEqual(prices, ['700.00', '58.33', '100.00']);
  });

  test('takes each discount off what the last one left', () => {
    const context = { ...banded('volume'), terms: [{ months: 12, discount: 0.5 }], discountAuthority: 0.1 };
    const { totals } = quote(context, { quantity: 20, requestedDiscount: 0.1 });
    const amounts = [totals.list, totals.volumeDiscount, totals.termDiscount, totals.negotiatedDiscount, totals.price];
    assert.deepEqual(
      amounts.map(({ amount }) => amount),
      ['200.00', '20.00', '90.00', '9.00', '81.00'],
    );
  });

  test('leaves add-ons alone that are not discountable', () => {
    const addOns = [
      { id: 'a', price: 100, period: 'once', discountable: false },
      { id: 'b', price: 1, per: 'unit', period: 'once' },
    ];
    const context = { ...banded('volume'), addOns, discountAuthority: 0.5 };
    const { lines } = quote(context, { quantity: 4, requestedDiscount: 0.5, addOns: ['a', 'b'] });
    assert.deepEqual(
      lines.map(({ price }) => price.amount),
      ['20.00', '100.00', '2.00'],
    );
  });

  const ladder = {
    discountAuthority: 0.15,
    approvals: [
      { upTo: 0.15, by: 'me' },
      { upTo: 0.25, by: 'director' },
      { upTo: 0.4, by: 'CFO' },
    ],
  };
  for (const [requestedDiscount, granted, status, approver] of [
    [0, 0, 'none', null],
    [0.15, 0.15, 'granted', null],
    [0.1500001, 0.15, 'needs-approval', 'director'],
    [0.25, 0.15, 'needs-approval', 'director'],
    [0.3, 0.15, 'needs-approval', 'CFO'],
    [0.41, 0.15, 'refused', null],
  ] as const) {
    test(`grants ${granted} of ${requestedDiscount}: ${status}`, () => {
      const { discount, totals } = quote(ladder, { requestedDiscount });
      assert.deepEqual([discount.granted, discount.status, discount.approver], [granted, status, approver]);
      assert.equal(totals.total.amount, (120 * (1 - granted)).toFixed(2));
    });
  }

  test('adds taxes on top or takes them out of the price, rounded where the context says', () => {
    const taxes = [
      { name: 'a', rate: 0.05 },
      { name: 'b', rate: 0.09975 },
    ];
    const volume = { bands: [2, 3].map((from) => ({ from, discount: 0 })) };
    const split = (price: number, pricesInclude: boolean, roundPer: string): string[] => {
      const plans = [{ id: 'basic', price, period: 'once', volume }];
      const rules = { pricesInclude, roundPer, regions: [{ region: 'QC', taxes }] };
      const { net, tax, total } = quote({ plans, taxes: rules }, { quantity: 3, region: 'QC' }).totals;
      return [net, tax, total].map(({ amount }) => amount);
    };
    // Three lines of 3.33 contain 0.14 + 0.29 each, their sum 0.43 + 0.87; on 3.32 come 0.17 + 0.33 each, 0.50 + 0.99 on the sum.
    assert.deepEqual(split(3.33, true, 'line'), ['8.70', '1.29', '9.99']);
    assert.deepEqual(split(3.33, true, 'total'), ['8.69', '1.30', '9.99']);
    assert.deepEqual(split(3.32, false, 'line'), ['9.96', '1.50', '11.46']);
    assert.deepEqual(split(3.32, false, 'total'), ['9.96', '1.49', '11.45']);
  });

  const refused: [string, object, Partial<PricingRequest>, RegExp][] = [
    ['an unknown plan', {}, { plan: 'toString' }, /no plan "toString"/],
    ['too few units', { plans: [{ id: 'basic', price: 1, minQuantity: 5 }] }, { quantity: 4 }, /from 5, not 4/],
    ['too many units', { plans: [{ id: 'basic', price: 1, maxQuantity: 5 }] }, { quantity: 6 }, /at most 5, not 6/],
    ['an unknown term', {}, { termMonths: 13 }, /13 months/],
    ['an unknown add-on', {}, { addOns: ['x'] }, /no add-on "x"/],
    ['a region without rules', { taxes: { regions: [{ region: 'DE' }] } }, { region: 'FR' }, /"FR"/],
  ];
  for (const [what, context, request, message] of refused) {
    test(`refuses ${what}`, () => {
      assert.throws(() => quote(context, request), message);
    });
  }
});

suite('closing', () => {
  const at = (nowMs: number, validDays: number): Answer =>
    priceByStage(bookOf({ ...CONTEXT, offer: { validDays } }), { stage: 'closing', plan: 'basic', quantity: 1 }, nowMs);

  for (const [now, days, issuedOn, validUntil] of [
    ['2026-01-15T00:00:00Z', 14, '2026-01-15', '2026-01-29'],
    ['2028-02-28T23:59:59Z', 1, '2028-02-28', '2028-02-29'],
    ['2026-12-31T12:00:00Z', 0, '2026-12-31', '2026-12-31'],
  ] as const) {
    test(`on ${now} with ${days} days is valid until ${validUntil}`, () => {
      const offer = at(Date.parse(now), days);
      assert.deepEqual([offer.urgency, offer.issuedOn, offer.validUntil], [true, issuedOn, validUntil]);
    });
  }
});

// Proves template.pricing-by-stage.
suite('any quote', () => {
  const ratio = fc.integer({ min: 0, max: 1000 }).map((mills) => mills / 1000);
  const period = fc.constantFrom('month', 'year', 'once');
  const price = fc.integer({ min: 0, max: 10_000_000 }).map((units) => units / 10_000);
  const bands = fc
    .uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 4 })
    .chain((froms) =>
      fc
        .array(ratio, { minLength: froms.length, maxLength: froms.length })
        .map((discounts) =>
          froms.toSorted((a, b) => a - b).map((from, index) => ({ from, discount: discounts[index] ?? 0 })),
        ),
    );
  const contexts = fc.record({
    product: fc.constant('Widget'),
    currency: fc.constantFrom('USD', 'JPY', 'KWD'),
    rounding: fc.constantFrom('half-up', 'half-even'),
    plans: fc
      .tuple(price, period, fc.constantFrom('graduated', 'volume'), bands)
      .map(([listPrice, every, mode, steps]) => [
        { id: 'basic', price: listPrice, period: every, volume: { mode, bands: steps } },
      ]),
    addOns: fc
      .tuple(price, period, fc.constantFrom('unit', 'order'), fc.boolean())
      .map(([extra, every, per, discountable]) => [{ id: 'extra', price: extra, period: every, per, discountable }]),
    terms: fc.tuple(fc.integer({ min: 1, max: 60 }), ratio).map(([months, discount]) => [{ months, discount }]),
    discountAuthority: ratio,
    taxes: fc.record({
      pricesInclude: fc.boolean(),
      roundPer: fc.constantFrom('line', 'total'),
      regions: fc
        .array(ratio, { minLength: 0, maxLength: 3 })
        .map((rates) => [{ region: 'here', taxes: rates.map((rate, index) => ({ name: `tax ${index}`, rate })) }]),
    }),
  });
  const orders = fc.record({
    quantity: fc.integer({ min: 1, max: 1000 }),
    requestedDiscount: ratio,
    addOns: fc.constantFrom([], ['extra']),
  });
  const quotes = fc
    .tuple(contexts, orders)
    .map(([context, order]) => ({ context, order, result: quote(context, { ...order, region: 'here' }) }));

  test('adds up: lines to totals, slices to the quantity, discounts to the price, taxes to the total', () => {
    fc.assert(
      fc.property(quotes, ({ context, order, result: { lines, totals } }) => {
        for (const key of ['list', 'volumeDiscount', 'termDiscount', 'negotiatedDiscount', 'price'] as const) {
          assert.equal(sum(lines.map((line) => line[key])), minor(totals[key]), key);
        }
        for (const each of [...lines, totals]) {
          const off = sum([each.volumeDiscount, each.termDiscount, each.negotiatedDiscount]);
          assert.equal(minor(each.list) - off, minor(each.price));
        }
        const slices = lines.slice(0, lines.length - order.addOns.length);
        assert.equal(
          slices.reduce((units, { quantity }) => units + quantity, 0),
          order.quantity,
        );
        assert.equal(minor(totals.net) + minor(totals.tax), minor(totals.total));
        assert.equal(sum(totals.taxes.map(({ amount }) => amount)), minor(totals.tax));
        assert.equal(minor(context.taxes.pricesInclude ? totals.total : totals.net), minor(totals.price));
        if (context.taxes.roundPer === 'line') {
          assert.equal(sum(lines.flatMap(({ taxes = [] }) => taxes.map(({ amount }) => amount))), minor(totals.tax));
        }
      }),
    );
  });

  test('stays within the authority: what is asked beyond it changes nothing', () => {
    fc.assert(
      fc.property(contexts, orders, (context, order) => {
        const atAuthority = quote(context, { ...order, requestedDiscount: context.discountAuthority, region: 'here' });
        const asked = quote(context, { ...order, region: 'here' });
        assert.ok(asked.discount.granted <= context.discountAuthority);
        assert.ok(minor(asked.totals.total) >= minor(atAuthority.totals.total));
        if (order.requestedDiscount >= context.discountAuthority) assert.deepEqual(asked.totals, atAuthority.totals);
      }),
    );
  });

  test('never costs less than nothing, nor more than the list', () => {
    fc.assert(
      fc.property(quotes, ({ result: { lines } }) => {
        for (const { list, price: paid } of lines) assert.ok(minor(paid) >= 0n && minor(paid) <= minor(list));
      }),
    );
  });
});

suite('the rendered tool', () => {
  const minimal = renderTool('pricing-by-stage', CONTEXT);

  test('refuses in discovery what belongs to later stages, and needs plan and quantity then', () => {
    const accepts = (input: object): boolean => minimal.isInput(input);
    assert.equal(accepts({ stage: 'discovery' }), true);
    assert.equal(accepts({ stage: 'discovery', requestedDiscount: 0.1 }), false);
    assert.equal(accepts({ stage: 'discovery', termMonths: 12 }), false);
    assert.equal(accepts({ stage: 'closing', plan: 'basic' }), false);
    assert.equal(accepts({ stage: 'closing', plan: 'basic', quantity: 1, termMonths: 12 }), true);
    assert.equal(accepts({ plan: 'basic', quantity: 1 }), false);
  });

  test('knows nothing of other stages when the context fixes one', () => {
    const context = { ...CONTEXT, discountAuthority: 0.1234, stage: 'discovery' };
    const { manifest, isInput } = renderTool('pricing-by-stage', context);
    assert.deepEqual([isInput({ quantity: 1 }), isInput({ requestedDiscount: 0.1 })], [true, false]);
    assert.doesNotMatch(JSON.stringify(manifest), /quote|negotiation|closing|12\.34|0\.1234/i);
  });

  test('asks for a region only where there are taxes', () => {
    const { isInput } = renderTool('pricing-by-stage', { ...CONTEXT, taxes: { regions: [{ region: 'DE' }] } });
    const input = { stage: 'negotiation', plan: 'basic', quantity: 1 };
    assert.deepEqual(
      [isInput(input), isInput({ ...input, region: 'DE' }), isInput({ ...input, region: 'FR' })],
      [false, true, false],
    );
  });
});
