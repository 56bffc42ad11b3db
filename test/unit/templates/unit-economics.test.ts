import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import type { Decimal } from '../../../sandbox/guest/sdk/index.ts';
import type { Input, UnitEconomics } from '../../../templates/unit-economics/lib/types.ts';
import { importTemplate } from '../../fixtures/import-template.ts';
import { makeTemplateTool, type TemplateTool } from '../../fixtures/make-template-tool.ts';

interface Fading {
  readonly churn: number;
  readonly expansion: number;
  readonly discountFactor: number;
}

interface SurvivalMonth {
  readonly retention: Decimal;
  readonly profit: Decimal;
  readonly discounted: Decimal;
}

interface Lib {
  survive(curve: readonly number[], fading: Fading, months: number): readonly SurvivalMonth[];
  lifetimeMultiple(fading: Fading, months: number): Decimal;
}

const { lifetimeMultiple, survive } = await importTemplate<Lib>('unit-economics', ['survival']);
const tool = await makeTool({});

/** A customer who brings 75 a month: 100 at the margin the template assumes. */
const BASE: Input = { arpaMonthly: 100, monthlyChurn: 0.03 };

suite('survive', () => {
  test('follows the curve, then goes on with constant churn', () => {
    const months = survive([0.9, 0.6], { churn: 0.5, expansion: 0, discountFactor: 1 }, 4);
    assert.deepEqual(
      months.map(({ retention }) => Number(retention)),
      [0.9, 0.6, 0.3, 0.15],
    );
    assert.deepEqual(
      months.map(({ profit }) => Number(profit)),
      [1, 0.9, 0.6, 0.3],
    );
  });

  test('adds up to the closed form at any constant churn', () => {
    const fading = fc.record({
      churn: share(1),
      expansion: share(0.05),
      discountFactor: fc.integer({ min: 900_000, max: 1_000_000 }).map((value) => value / 1e6),
    });
    fc.assert(
      fc.property(fading, fc.integer({ min: 1, max: 120 }), (rates, months) => {
        const sum = survive([], rates, months).reduce((total, { discounted }) => total + Number(discounted), 0);
        const closed = Number(lifetimeMultiple(rates, months));
        assert.ok(Math.abs(sum - closed) <= 1e-9 * Math.max(1, closed), `${sum} is not ${closed}`);
      }),
      { verbose: 1, numRuns: 60 },
    );
  });
});

suite('the calculator', () => {
  test('has the textbook lifetime value as the limit of a long cap without discounting', () => {
    const { ltv } = tool.run({ ...BASE, monthlyChurn: 0.25, discountRate: 0, capYears: 10 });
    assert.equal(ltv.simple.amount, '300.00');
    assert.equal(ltv.undiscounted.amount, '300.00');
    assert.equal(ltv.expected.amount, '300.00');
  });

  test('works churn, revenue per customer and expansion out of the movements of a quarter', () => {
    const { churn, revenue } = tool.run({
      months: 3,
      customers: { start: 1000, new: 0, churned: 271 },
      mrr: { start: 1000, churned: 0, expansion: 30.301 },
    });
    // 0.729 = 0.9³ and 1.030301 = 1.01³.
    assert.deepEqual([churn.monthly, churn.source, churn.monthlyExpansion], [0.1, 'derived', 0.01]);
    assert.equal(churn.annual, 0.71757);
    assert.deepEqual([revenue.arpaMonthly, revenue.arpaSource], ['1.41', 'derived']);
    assert.deepEqual([revenue.netRetention, revenue.grossRetention], [1.030301, 1]);
  });

  test('survives movements that take all revenue with them', () => {
    const { revenue } = tool.run({ ...BASE, mrr: { start: 0.3, churned: 0.1, contraction: 0.2 } });
    assert.deepEqual([revenue.grossRetention, revenue.annualNetRetention], [0, 0]);
  });

  test('puts shared spend and unpaid customers into the blended CAC only', () => {
    const { acquisition } = tool.run({
      ...BASE,
      channels: [
        { name: 'Ads', spend: 0.2, newCustomers: 1 },
        { name: 'Referrals', spend: 0, newCustomers: 2 },
      ],
      sharedSpend: 0.1,
    });
    assert.deepEqual([acquisition.blendedCac.amount, acquisition.paidCac.amount], ['0.10', '0.20']);
    assert.deepEqual(
      acquisition.channels.map(({ cac, spendShare, ltvToCac }) => [cac, spendShare, ltvToCac === null]),
      [
        ['0.20', 1, false],
        ['0.00', 0, true],
      ],
    );
  });

  test('gives a channel its own revenue, margin and churn', () => {
    const [own, usual] = tool.run({
      ...BASE,
      discountRate: 0,
      capYears: 1,
      channels: [
        { name: 'own', spend: 10, newCustomers: 1, arpaMonthly: 200, grossMargin: 0.5, monthlyChurn: 0 },
        { name: 'usual', spend: 10, newCustomers: 1 },
      ],
    }).acquisition.channels;
    assert.deepEqual([own?.ltv, own?.paybackMonths], ['1200.00', 0.1]);
    assert.equal(usual?.ltv, tool.run({ ...BASE, discountRate: 0, capYears: 1 }).ltv.expected.amount);
  });

  test('is paid back in the first month whose end reaches the CAC', () => {
    const paid = (spend: number): UnitEconomics['payback'] =>
      tool.run({ ...BASE, monthlyChurn: 0, discountRate: 0, channels: [{ name: 'a', spend, newCustomers: 1 }] })
        .payback;
    assert.deepEqual([paid(150).cohortMonth.value, paid(150).simpleMonths.value], [2, 2]);
    assert.equal(paid(150.01).cohortMonth.value, 3);
    assert.equal(paid(0).cohortMonth.value, 0);
    assert.equal(paid(1e9).cohortMonth.value, null);
    assert.ok(paid(1e9).cohortMonth.reason);
  });

  test('has a reason for every figure it cannot have', () => {
    const { acquisition, efficiency, ltv, ltvToCac, payback } = tool.run({ ...BASE, monthlyChurn: 0, grossMargin: 0 });
    assert.equal(ltv.simple.amount, null);
    for (const figure of [
      ltvToCac,
      payback.cohortMonth,
      payback.simpleMonths,
      efficiency.quickRatio,
      efficiency.magicNumber,
    ]) {
      assert.equal(figure.value, null);
      assert.ok(figure.reason);
    }
    assert.ok(acquisition.blendedCac.reason);
  });

  test("compares with the context's benchmarks, and marks the others", async () => {
    const own = await makeTool({ benchmarks: { ltvToCac: { value: 50, source: 'board' }, quickRatio: 1 } });
    const { checks } = own.run({
      ...BASE,
      mrr: { start: 100, new: 2, churned: 2 },
      channels: [{ name: 'a', spend: 100, newCustomers: 1 }],
    });
    const found = new Map(checks.map(({ metric, ...check }) => [metric, check]));
    assert.deepEqual(
      [found.get('ltvToCac')?.met, found.get('ltvToCac')?.illustrative, found.get('ltvToCac')?.source],
      [false, false, 'board'],
    );
    assert.deepEqual([found.get('quickRatio')?.met, found.get('quickRatio')?.source], [true, 'context']);
    assert.deepEqual([found.get('cacPaybackMonths')?.illustrative, found.get('magicNumber')], [true, undefined]);
  });

  test('calls illustrative what nobody stated, and nothing else', async () => {
    assert.deepEqual(tool.run(BASE).illustrative, ['grossMargin', 'discountRate']);
    const own = await makeTool({ grossMargin: 0.8, discountRate: 0.08 });
    assert.deepEqual(own.run(BASE).illustrative, []);
  });

  const refused: [string, Input, RegExp][] = [
    ['no revenue per customer', { monthlyChurn: 0.1 }, /arpaMonthly/],
    ['no churn', { arpaMonthly: 10 }, /monthlyChurn/],
    ['no customers to count from', { arpaMonthly: 10, customers: { start: 0, churned: 0 } }, /monthlyChurn/],
    ['nobody left', { customers: { start: 5, churned: 5 }, mrr: { start: 5, churned: 5 } }, /arpaMonthly/],
    ['more churned than there were', { ...BASE, customers: { start: 5, churned: 6 } }, /5/],
    ['more revenue lost than there was', { ...BASE, mrr: { start: 5, churned: 3, contraction: 3 } }, /6/],
    ['a rising curve', { ...BASE, retentionCurve: [0.9, 0.8, 0.81] }, /month 3/],
    ['explosive expansion', { ...BASE, mrr: { start: 100, expansion: 50 } }, /monthlyExpansion/],
    ['spend without customers', { ...BASE, sharedSpend: 5 }, /channels/],
    [
      'a channel twice',
      { ...BASE, channels: ['a', 'a'].map((name) => ({ name, spend: 1, newCustomers: 1 })) },
      /"a" is listed twice/,
    ],
  ];
  for (const [what, input, message] of refused) {
    test(`refuses ${what}`, () => {
      assert.throws(() => tool.run(input), { code: 'TOOL_FAILED', message });
    });
  }
});

// Proves template.unit-economics.
suite('unit economics', () => {
  test('add up: months to totals, channels to spend, the cohort to the lifetime value', () => {
    checkCases(({ result }) => {
      const { acquisition, cohort, ltv } = result;
      assert.equal(sumOf(cohort.map(({ grossProfit }) => grossProfit)), cents(cohort.at(-1)?.cumulative ?? ''));
      assert.equal(sumOf(cohort.map(({ discounted }) => discounted)), cents(cohort.at(-1)?.cumulativeDiscounted ?? ''));
      assert.equal(cohort[ltv.capYears * 12 - 1]?.cumulativeDiscounted, ltv.expected.amount);
      const spend = [...acquisition.channels.map((channel) => channel.spend), acquisition.sharedSpend];
      assert.equal(sumOf(spend), cents(acquisition.spend));
      assert.ok(cents(ltv.expected.amount ?? '') <= cents(ltv.undiscounted.amount ?? ''));
    });
  });

  test('are paid back where the cohort table crosses the CAC', () => {
    checkCases(({ result: { cohort, payback } }) => {
      const crossed = cohort.find(({ afterCac }) => afterCac !== null && cents(afterCac) >= 0n);
      const { value } = payback.cohortMonth;
      if (value !== 0) assert.equal(crossed?.month ?? null, value);
    });
  });

  test('fit their output schema', () => {
    const validate = compile(tool.manifest.outputSchema);
    checkCases(({ result }) => assert.ok(validate(result), JSON.stringify(validate.errors)));
  });
});

suite('the template', () => {
  test('carries examples that run, whatever the context', async () => {
    for (const context of [{}, { currency: 'JPY' }, { grossMargin: 0, capYears: 1, horizonMonths: 120 }]) {
      const { manifest, run } = await makeTool(context);
      const [isInput, isOutput] = [compile(manifest.inputSchema), compile(manifest.outputSchema)];
      for (const { input } of manifest.examples) {
        assert.ok(isInput(input), JSON.stringify(isInput.errors));
        assert.ok(isOutput(run(input as Input)), JSON.stringify(isOutput.errors));
      }
    }
  });

  test('puts a hostile business into name and text, and nowhere else', async () => {
    const business = '"};process.exit();// ${1} {{2}} \\u2028 </script>';
    const { manifest, run } = await makeTool({ business });
    assert.match(manifest.name, /^unit_economics_[a-z0-9_]+$/);
    assert.ok(run(BASE).summary.includes(business));
  });

  test('refuses a context that is not one', async () => {
    for (const context of [
      { currency: 'usd' },
      { grossMargin: 75 },
      { capYears: 11 },
      { benchmarks: { ltv: 3 } },
      { benchmarks: { ltvToCac: { source: 'no value' } } },
      { unknown: true },
    ]) {
      await assert.rejects(makeTemplateTool('unit-economics', context), { code: 'CONTEXT_INVALID' });
    }
  });
});

function makeTool(context: object): Promise<TemplateTool<Input, UnitEconomics>> {
  return makeTemplateTool('unit-economics', context);
}

function compile(schema: object) {
  return new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false }).compile(schema);
}

/** Runs a check on random cases over the same months as their lifetime; a failure prints seed and counterexample. */
function checkCases(check: (found: { input: Input; result: UnitEconomics }) => void): void {
  const amount = (max: number) => fc.integer({ min: 1, max: max * 100 }).map((value) => value / 100);
  const channel = fc.record(
    {
      spend: amount(1e6),
      newCustomers: fc.integer({ min: 0, max: 1000 }),
      arpaMonthly: amount(1e4),
      monthlyChurn: share(1),
    },
    { requiredKeys: ['spend', 'newCustomers'] },
  );
  const input = fc
    .record(
      {
        arpaMonthly: amount(1e6),
        grossMargin: share(1),
        monthlyChurn: share(1),
        monthlyExpansion: share(0.05),
        retentionCurve: fc
          .array(share(1), { minLength: 1, maxLength: 12 })
          .map((curve) => curve.toSorted((a, b) => b - a)),
        channels: fc
          .array(channel, { minLength: 1, maxLength: 3 })
          .map((channels) => channels.map((each, index) => ({ name: `channel ${index}`, ...each }))),
        sharedSpend: amount(1e5),
        discountRate: share(1),
        capYears: fc.integer({ min: 1, max: 10 }),
      },
      { requiredKeys: ['arpaMonthly', 'monthlyChurn', 'capYears', 'channels'] },
    )
    .map((value): Input => ({ ...value, horizonMonths: value.capYears * 12 }));
  fc.assert(
    fc.property(input, (value) => check({ input: value, result: tool.run(value) })),
    { verbose: 1, numRuns: 40 },
  );
}

function share(max: number) {
  return fc.integer({ min: 0, max: 1000 }).map((value) => (value * max) / 1000);
}

/** An amount in hundredths, exactly. */
function cents(amount: string): bigint {
  return BigInt(amount.replace('.', ''));
}

function sumOf(amounts: readonly string[]): bigint {
  return amounts.reduce((sum, amount) => sum + cents(amount), 0n);
}
