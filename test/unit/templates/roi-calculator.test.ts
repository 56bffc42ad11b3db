import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { internalRate, internalRates } from '../../../templates/roi-calculator/lib/internal-rate.ts';
import { evaluate, positiveRoots } from '../../../templates/roi-calculator/lib/roots.ts';
import { headcount } from '../../../templates/roi-calculator/lib/company-size.ts';
import type {
  Benchmark,
  BenchmarkOverride,
  BusinessCase,
  DriverModel,
  FactorModel,
  Input,
} from '../../../templates/roi-calculator/lib/types.ts';
import { makeTemplateTool, type TemplateTool } from '../../fixtures/make-template-tool.ts';

interface Context {
  readonly customer: {
    readonly name?: string;
    readonly industry: string;
    readonly size?: string | number;
    readonly pain_points?: readonly string[];
  };
  readonly currency?: string;
  readonly discount_rate?: number;
  readonly horizon_years?: number;
  readonly pain_point_drivers?: Readonly<Record<string, string>>;
  readonly benchmarks?: Readonly<Record<string, BenchmarkOverride>>;
}

const FOLDER = new URL('../../../templates/roi-calculator/', import.meta.url);
const INDUSTRIES =
  readJson<Record<string, { title: string; benchmarks: Record<string, Benchmark>; case: { input: Input } }>>(
    'data/industries.json',
  );
const ALIASES = readJson<Record<string, string>>('data/aliases.json');
const DRIVERS = readJson<Record<string, DriverModel>>('data/drivers.json');
const FACTORS = readJson<Record<string, FactorModel>>('data/factors.json');

const SAAS: Context = {
  customer: { industry: 'SaaS', size: '500-1000', pain_points: ['high churn', 'low engagement'] },
};

const tool = await makeTool(SAAS);
const calculate = (input: Input): BusinessCase => tool.run(input);

suite('internalRate', () => {
  // Published values: numpy-financial's documentation of irr, Excel's of IRR.
  for (const [flows, expected] of [
    [[-100, 39, 59, 55, 20], 0.280948],
    [[-100, 0, 0, 74], -0.095496],
    [[-70_000, 12_000, 15_000, 18_000, 21_000], -0.021245],
    [[-70_000, 12_000, 15_000, 18_000, 21_000, 26_000], 0.086631],
  ] as const) {
    test(`of ${flows.join(', ')} is ${expected}`, () => {
      assert.deepEqual(internalRate(flows), {
        ratio: expected,
        percent: internalRate(flows).percent,
        signChanges: 1,
        candidates: [expected],
      });
    });
  }

  test('flags two rates that both make the NPV zero', () => {
    const { ratio, signChanges, candidates, reason } = internalRate([-100, 230, -132]);
    assert.deepEqual({ ratio, signChanges, candidates }, { ratio: null, signChanges: 2, candidates: [0.1, 0.2] });
    assert.ok(reason);
  });

  test('is null with a reason without a change of sign', () => {
    for (const flows of [
      [0, 0],
      [100, 200],
      [-100, -5],
      [0, 0, 0],
    ]) {
      assert.equal(internalRate(flows).ratio, null);
      assert.equal(internalRate(flows).signChanges, 0);
      assert.ok(internalRate(flows).reason);
    }
  });

  test('is null where two changes of sign have no rate', () => {
    assert.deepEqual(internalRate([-1000, 3000, -2500]).candidates, []);
  });

  test('ignores empty years before the first flow and survives extreme amounts', () => {
    assert.equal(internalRate([0, -100, 110]).ratio, 0.1);
    assert.equal(internalRate([-1, 0, 0, 1e12]).ratio, 9999);
    assert.equal(internalRate([-1e12, 1e12 * 1.1]).ratio, 0.1);
  });

  test('makes the NPV zero for any investment that is followed by benefits', () => {
    const flows = fc
      .tuple(
        fc.integer({ min: 1, max: 1e9 }),
        fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1, maxLength: 10 }),
      )
      .filter(([, benefits]) => benefits.some((benefit) => benefit > 0));
    fc.assert(
      fc.property(flows, ([investment, benefits]) => {
        const [rate, ...others] = internalRates([-investment, ...benefits]);
        if (rate === undefined) return; // below -99 %
        assert.deepEqual(others, []);
        const discounted = benefits.map((benefit, index) => benefit / (1 + rate) ** (index + 1));
        const total = discounted.reduce((sum, value) => sum + value, 0);
        assert.ok(Math.abs(total - investment) <= investment * 1e-9, `${total} is not ${investment} at ${rate}`);
      }),
      { verbose: 1 },
    );
  });
});

suite('positiveRoots', () => {
  test('finds every zero of a product of linear terms', () => {
    // (x − 1)(x − 2)(x − 3)
    const found = positiveRoots([-6, 11, -6, 1], 100).map((root) => Number(root.toFixed(9)));
    assert.deepEqual(found, [1, 2, 3]);
  });

  test('returns zeros only, ascending, for any polynomial', () => {
    const coefficients = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 11 });
    fc.assert(
      fc.property(coefficients, (polynomial) => {
        const roots = positiveRoots(polynomial, 10);
        assert.deepEqual(
          roots,
          [...roots].sort((a, b) => a - b),
        );
        for (const root of roots) {
          const size = evaluate(polynomial.map(Math.abs), root);
          assert.ok(Math.abs(evaluate(polynomial, root)) <= size * 1e-9);
        }
      }),
      { verbose: 1 },
    );
  });
});

suite('headcount', () => {
  test('reads numbers and ranges as people write them', () => {
    const sizes = ['500-1000', '1,000 – 5,000 people', '1000+', '250', 'about 40 to 60', 12, 'small', undefined];
    assert.deepEqual(sizes.map(headcount), [750, 3000, 1000, 250, 50, 12, undefined, undefined]);
  });
});

suite('the calculator', () => {
  test('agrees with the published value of Excel for NPV', () => {
    // Excel's documentation of NPV, example 2: 40,000 at 8 % against five years of benefits gives 1,922.06.
    const result = calculate({
      investment: 40_000,
      benefits: [{ amounts: [8000, 9200, 10_000, 12_000, 14_500] }],
      years: 5,
      discountRate: 0.08,
    });
    assert.equal(result.npv, '1922.06');
    assert.equal(sumOf(result.cashFlow.map(({ discounted }) => discounted)), 192_206n);
  });

  test('needs no more than an investment and a yearly benefit', () => {
    const result = calculate({ investment: 50_000, annualBenefit: 30_000 });
    assert.equal(result.npv, '24605.56');
    assert.equal(result.roi.percent, 80);
    assert.equal(result.payback.months, 20);
    assert.equal(result.discountedPayback.months, 23);
    assert.equal(result.benefitCostRatio.ratio, 1.4921);
    assert.deepEqual(result.illustrative, ['discountRate']);
  });

  test('works out the benefits of the pain points from the customer base and says which numbers are illustrative', () => {
    const result = calculate({ investment: 50_000, customers: 1200, arpaMonthly: 250 });
    assert.deepEqual(
      result.drivers.map(({ kind, fullYearAmount }) => [kind, fullYearAmount]),
      [
        ['churn_reduction', '32400.00'],
        ['engagement_uplift', '54000.00'],
      ],
    );
    assert.deepEqual(result.illustrative.toSorted(), [
      'annualChurn',
      'churnReduction',
      'discountRate',
      'engagementUplift',
      'grossMargin',
    ]);
  });

  test('names the numbers that a driver lacks', () => {
    assert.throws(() => calculate({ investment: 50_000 }), {
      code: 'TOOL_FAILED',
      message: /annualBenefit.*customers, arpaMonthly/,
    });
  });

  test('prefers the call to the context, the context to the benchmarks', async () => {
    const context = { ...SAAS, benchmarks: { annualChurn: { value: 0.2, source: 'CRM' }, grossMargin: 0.9 } };
    const input: Input = { investment: 1, customers: 100, arpaMonthly: 10, assumptions: { grossMargin: 0.5 } };
    const sources = new Map(
      (await makeTool(context))
        .run(input)
        .assumptions.map(({ name, value, source, note }) => [name, { value, source, note }]),
    );
    assert.deepEqual(sources.get('annualChurn'), { value: 0.2, source: 'context', note: 'CRM' });
    assert.deepEqual(sources.get('grossMargin'), { value: 0.5, source: 'input', note: undefined });
    assert.equal(sources.get('churnReduction')?.source, 'benchmark');
  });

  test('cites the benchmarks that were published', () => {
    const [hourlyCost] = calculate({
      investment: 1,
      employees: 10,
      benefits: [{ kind: 'productivity' }],
    }).assumptions.filter(({ name }) => name === 'hourlyCost');
    assert.equal(hourlyCost?.illustrative, false);
    assert.equal(hourlyCost.citation?.publisher, 'U.S. Bureau of Labor Statistics');
  });

  test('uses no benchmark amount of money in another currency', async () => {
    const input: Input = { investment: 1, employees: 10, annualBenefit: 5, benefits: [{ kind: 'productivity' }] };
    const result = (await makeTool({ ...SAAS, currency: 'EUR' })).run(input);
    assert.deepEqual(result.skippedDrivers, [{ kind: 'productivity', title: 'Productivity', missing: ['hourlyCost'] }]);
  });

  test('says so when the industry is unknown, whatever its name', async () => {
    for (const industry of ['Space tourism', 'constructor', '__proto__', 'general']) {
      const made = await makeTool({ customer: { industry } });
      const { industry: shown, notes } = made.run({ investment: 1, annualBenefit: 1 });
      assert.deepEqual(shown, { requested: industry, pack: 'general', matched: false });
      assert.ok(notes.some((note) => note.includes(industry)));
    }
  });

  test('takes a context mapping over the words of a pain point', async () => {
    const customer = { industry: 'SaaS', pain_points: [' Nobody opens the app ', 'High churn'] };
    const context = { customer, pain_point_drivers: { 'nobody opens the app': 'revenue_uplift' } };
    const made = await makeTool(context);
    assert.deepEqual(made.run({ investment: 1, annualBenefit: 1 }).painPoints, [
      { painPoint: ' Nobody opens the app ', drivers: ['revenue_uplift'] },
      { painPoint: 'High churn', drivers: ['churn_reduction'] },
    ]);
  });

  test('has no ROI, no benefit/cost ratio and no IRR without costs', () => {
    const result = calculate({ investment: 0, annualBenefit: 100 });
    assert.equal(result.roi.ratio, null);
    assert.equal(result.benefitCostRatio.ratio, null);
    assert.equal(result.irr.ratio, null);
    assert.ok(result.roi.reason && result.benefitCostRatio.reason && result.irr.reason);
    assert.equal(result.payback.months, 0);
    assert.equal(result.breakEven.benefitShare, 0);
  });

  test('never pays back without benefits, and says why', () => {
    const result = calculate({ investment: 1000, annualBenefit: 0 });
    assert.deepEqual([result.npv, result.roi.percent, result.payback.months], ['-1000.00', -100, null]);
    assert.ok(result.payback.reason && result.breakEven.reason);
    assert.equal(result.breakEven.benefitShare, null);
  });

  test('ramps up, holds the last step, and grows from year 2', () => {
    const { cashFlow } = calculate({
      investment: 7,
      annualCost: 10,
      costGrowth: 0.1,
      costSchedule: [0, 5],
      annualBenefit: 100,
      rampUp: [0.2, 0.5],
      benefitGrowth: 0.1,
      years: 4,
    });
    assert.deepEqual(
      cashFlow.map(({ costs, benefits }) => [costs, benefits]),
      [
        ['7.00', '0.00'],
        ['10.00', '20.00'],
        ['16.00', '55.00'],
        ['12.10', '60.50'],
        ['13.31', '66.55'],
      ],
    );
  });

  test('counts a payback only once the total stays above zero', () => {
    const result = calculate({ investment: 100, annualBenefit: 150, costSchedule: [0, 400], years: 4 });
    // −100, +150, −250, +150, +150: above zero after 8 months, below in year 2, back two thirds into year 4.
    assert.deepEqual(
      result.cashFlow.map(({ cumulative }) => cumulative),
      ['-100.00', '50.00', '-200.00', '-50.00', '100.00'],
    );
    assert.equal(result.payback.months, 40);
  });

  test('writes off the whole investment and credits losses when there is a tax', () => {
    const result = calculate({ investment: 100, annualBenefit: 10, years: 3, taxRate: 0.3 });
    // Depreciation 33.33, 33.33, 33.34: tax on −23.33, −23.33, −23.34.
    assert.deepEqual(
      result.cashFlow.map(({ tax }) => tax),
      ['0.00', '-7.00', '-7.00', '-7.00'],
    );
    assert.equal(result.totals.tax, '-21.00');
  });

  test('knows the smallest unit of a currency', async () => {
    const input: Input = { investment: 1000, annualBenefit: 333.3335, years: 1 };
    for (const [currency, benefits] of [
      ['JPY', '333'],
      ['USD', '333.33'],
      ['KWD', '333.334'],
    ] as const) {
      const made = await makeTool({ ...SAAS, currency });
      assert.equal(made.run(input).totals.benefits, benefits);
    }
  });

  test('is exact for ten years of 10^12', () => {
    const result = calculate({ investment: 1e12, annualBenefit: 1e12, annualCost: 0.01, years: 10, discountRate: 0 });
    assert.equal(result.totals.net, '8999999999999.90');
    assert.equal(result.npv, '8999999999999.90');
  });

  test('keeps drivers of the same name apart', () => {
    const names = calculate({ investment: 1, benefits: [{ annualAmount: 1 }, { annualAmount: 2 }] }).drivers;
    assert.deepEqual(
      names.map(({ driver }) => driver),
      ['Annual benefit', 'Annual benefit (2)'],
    );
  });

  test('says which numbers it did not use and which years it left out', () => {
    const { notes } = calculate({ investment: 1, customers: 5, benefits: [{ amounts: [1, 1, 1, 1] }], years: 3 });
    assert.ok(notes.some((note) => note.includes('customers')));
    assert.ok(notes.some((note) => note.includes('after year 3')));
  });
});

// Proves template.roi-calculator.
suite('a business case', () => {
  test('adds up: rows to totals, drivers to rows, discounted rows to the NPV', () => {
    checkCases(({ result }) => {
      const { cashFlow, totals } = result;
      for (const [name, total] of Object.entries(totals)) {
        const rows = cashFlow.map((row) => row[name as keyof typeof totals]);
        assert.equal(sumOf(rows), cents(total), name);
      }
      for (const row of cashFlow) {
        assert.equal(sumOf(row.byDriver.map(({ amount }) => amount)), cents(row.benefits));
        assert.equal(cents(row.benefits) - cents(row.costs) - cents(row.tax), cents(row.net));
      }
      assert.equal(sumOf(cashFlow.map(({ discounted }) => discounted)), cents(result.npv));
      assert.equal(cashFlow.at(-1)?.cumulative, totals.net);
      assert.equal(cashFlow.at(-1)?.cumulativeDiscounted, result.npv);
      assert.equal(sumOf(result.drivers.map(({ total }) => total)), cents(totals.benefits));
    });
  });

  test('has an ROI of net over costs', () => {
    checkCases(({ result: { roi, totals } }) => {
      if (roi.ratio === null) return;
      assert.ok(
        Math.abs(roi.ratio - Number(totals.net) / Number(totals.costs)) <= 5.1e-7 + Math.abs(roi.ratio) * 1e-12,
      );
    });
  });

  test('has the NPV as the base scenario and in the middle of every linear bar', () => {
    checkCases(({ result: { npv, sensitivity } }) => {
      assert.equal(sensitivity.scenarios.find(({ scenario }) => scenario === 'base')?.npv, npv);
      for (const bar of sensitivity.tornado.filter(({ variable }) => variable !== 'Discount rate')) {
        const middle = cents(bar.npvAtLow) + cents(bar.npvAtHigh) - 2n * cents(npv);
        assert.ok(middle >= -1n && middle <= 1n, bar.variable);
      }
      const swings = sensitivity.tornado.map(({ swing }) => cents(swing));
      assert.deepEqual(
        swings,
        swings.toSorted((a, b) => (a < b ? 1 : a > b ? -1 : 0)),
      );
    });
  });

  test('breaks even with the benefits it says it needs', () => {
    checkCases(({ input, result }) => {
      const { benefitShare } = result.breakEven;
      if (benefitShare === null || benefitShare === 0) return;
      const scaled = { benefits: benefitShare, costs: 1 };
      const again = calculate({ ...input, sensitivity: { worst: scaled } });
      const worst = again.sensitivity.scenarios.find(({ scenario }) => scenario === 'worst');
      const tolerance = Number(result.totals.benefits) * 1e-4 + 1;
      assert.ok(Math.abs(Number(worst?.npv)) <= tolerance, `not zero at a share of ${benefitShare}`);
    });
  });

  test('has an NPV near zero at its IRR', () => {
    checkCases(({ input, result }) => {
      const rate = result.irr.ratio;
      if (rate === null || rate < 0 || rate > 1) return;
      const { npv, totals } = calculate({ ...input, discountRate: rate });
      assert.ok(Math.abs(Number(npv)) <= (Number(totals.costs) + Number(totals.benefits)) * 1e-5 + 1);
    });
  });

  test('fits its output schema', () => {
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(tool.manifest.outputSchema);
    checkCases(({ result }) => assert.ok(validate(result), JSON.stringify(validate.errors)));
  });
});

suite('the template', () => {
  test('cites a source for every benchmark that is not illustrative', () => {
    for (const { benchmarks } of Object.values(INDUSTRIES)) {
      for (const [name, { illustrative, citation }] of Object.entries(benchmarks)) {
        assert.equal(illustrative, citation === undefined, name);
        if (citation !== undefined) assert.match(citation.url, /^https:\/\//);
      }
    }
  });

  test('has a general benchmark for every assumption, and none for facts', () => {
    const assumptions = Object.keys(FACTORS).filter((name) => !FACTORS[name]!.fact);
    assert.deepEqual(Object.keys(INDUSTRIES['general']!.benchmarks).toSorted(), assumptions.toSorted());
    for (const { benchmarks } of Object.values(INDUSTRIES)) {
      for (const [name, { value }] of Object.entries(benchmarks)) {
        assert.ok(assumptions.includes(name) && value > 0 && value <= FACTORS[name]!.maximum, name);
      }
    }
  });

  test('resolves every alias and every factor', () => {
    for (const pack of Object.values(ALIASES)) assert.ok(INDUSTRIES[pack], pack);
    for (const pack of Object.keys(INDUSTRIES)) assert.ok(Object.values(ALIASES).includes(pack), pack);
    for (const { factors } of Object.values(DRIVERS)) for (const name of factors) assert.ok(FACTORS[name], name);
  });

  test('carries examples that run, whatever the industry and the currency', async () => {
    for (const industry of [...Object.keys(INDUSTRIES), 'Space tourism']) {
      const { manifest, run } = await makeTool({ customer: { industry }, currency: 'EUR' });
      const isInput = new Ajv2020({ strictRequired: false }).compile(manifest.inputSchema);
      for (const { input } of manifest.examples) {
        assert.ok(isInput(input), JSON.stringify(isInput.errors));
        assert.deepEqual(run(input as Input).skippedDrivers, []);
      }
    }
  });

  test('selects the pack by the usual names of an industry', async () => {
    const packs = new Map<string, string>();
    for (const industry of ['SaaS', 'E-Commerce', 'Financial Services', 'software-as-a-service', 'Hospital']) {
      const made = await makeTool({ customer: { industry } });
      packs.set(industry, made.run({ investment: 1, annualBenefit: 1 }).industry.pack);
    }
    assert.deepEqual([...packs.values()], ['saas', 'e_commerce', 'financial_services', 'saas', 'healthcare']);
  });

  test('puts the customer into name, title and description, and a hostile one nowhere else', async () => {
    const hostile = '"};process.exit();// ${1} {{2}} \\u2028 </script>';
    const context = { customer: { name: hostile, industry: hostile, pain_points: [hostile] }, vendor: hostile };
    const { manifest, run } = await makeTool(context);
    assert.match(manifest.name, /^roi_calculator_[a-z0-9_]+$/);
    assert.equal(run({ investment: 1, annualBenefit: 1 }).painPoints[0]?.painPoint, hostile);
  });

  test('refuses a context that is not one', async () => {
    const customer = { industry: 'SaaS' };
    for (const context of [
      {},
      { customer: {} },
      { customer, benchmarks: { grossMargin: 40 } },
      { customer, benchmarks: { customers: 40 } },
      { customer, pain_point_drivers: { slow: 'magic' } },
      { customer, currency: 'usd' },
      { customer, horizon_years: 11 },
      { customer, unknown: true },
    ]) {
      await assert.rejects(makeTemplateTool('roi-calculator', context), { code: 'CONTEXT_INVALID' });
    }
  });
});

function makeTool(context: Context): Promise<TemplateTool<Input, BusinessCase>> {
  return makeTemplateTool('roi-calculator', context);
}

/** Runs a check on random cases; a failure prints seed and counterexample. */
function checkCases(check: (found: { input: Input; result: BusinessCase }) => void): void {
  const amount = (max: number) => fc.integer({ min: 0, max: max * 100 }).map((value) => value / 100);
  const share = fc.integer({ min: 0, max: 1000 }).map((value) => value / 1000);
  const input = fc.record(
    {
      investment: amount(1e9),
      annualCost: amount(1e8),
      costGrowth: share,
      benefits: fc.array(
        fc.record({ annualAmount: amount(1e9), growth: share, rampUp: fc.array(share, { maxLength: 3 }) }),
        {
          minLength: 1,
          maxLength: 4,
        },
      ),
      years: fc.integer({ min: 1, max: 10 }),
      discountRate: share,
      taxRate: share.map((value) => value * 0.9),
      depreciationYears: fc.integer({ min: 1, max: 10 }),
    },
    { requiredKeys: ['investment', 'benefits'] },
  );
  fc.assert(
    fc.property(input, (value) => check({ input: value, result: calculate(value) })),
    { verbose: 1, numRuns: 40 },
  );
}

/** An amount in hundredths, exactly. */
function cents(amount: string): bigint {
  return BigInt(amount.replace('.', ''));
}

function sumOf(amounts: readonly string[]): bigint {
  return amounts.reduce((sum, amount) => sum + cents(amount), 0n);
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8')) as T;
}
