import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import fc from 'fast-check';
import type { Incident, Input, SlaReport, SystemPart } from '../../../templates/sla-calculator/lib/types.ts';
import { makeTemplateTool, type TemplateTool } from '../../fixtures/make-template-tool.ts';

interface Example {
  readonly title: string;
  readonly context: object;
  readonly calls: readonly { readonly title: string; readonly input: Input; readonly output: SlaReport }[];
}

const FOLDER = new URL('../../../templates/sla-calculator/', import.meta.url);
const EXAMPLES = readdirSync(new URL('examples/', FOLDER)).map((file) => readJson<Example>(`examples/${file}`));
const MONTH = { from: '2026-04-01T00:00:00Z', to: '2026-05-01T00:00:00Z' };
const MINUTE_MS = 60_000;

const tool = await makeTool({});
const credited = await makeTool({
  currency: 'EUR',
  fee: 99.99,
  creditTiers: [
    { below: 0.999, credit: 0.1 },
    { below: 0.99, credit: 0.25 },
    { below: 0.95, credit: 1 },
  ],
});

suite('allowances', () => {
  // Published values: Beyer et al., Site Reliability Engineering, O'Reilly 2016, appendix A, "Availability Table".
  const published: [number, string[]][] = [
    [0.99, ['3d 15h 36m', '21h 36m', '7h 12m', '1h 40m 48s', '14m 24s']],
    [0.999, ['8h 45m 36s', '2h 9m 36s', '43m 12s', '10m 4.8s', '1m 26.4s']],
    [0.9999, ['52m 33.6s', '12m 57.6s', '4m 19.2s', '1m 0.48s', '8.64s']],
  ];
  for (const [target, texts] of published) {
    test(`of ${target} are those of the published table`, () => {
      const found = new Map(tool.run({ target }).allowances.map(({ downtime, period }) => [period, downtime.text]));
      assert.deepEqual(
        (['year', 'quarter', 'month', 'week', 'day'] as const).map((period) => found.get(period)),
        texts,
      );
    });
  }

  test('turn back into the target', () => {
    const target = fc.integer({ min: 1, max: 99_999 }).map((value) => value / 1e5);
    fc.assert(
      fc.property(target, (value) => {
        for (const { downtime, period } of tool.run({ target: value }).allowances) {
          if (period === 'window') continue;
          const { fromDowntime } = tool.run({ target: value, downtime: { seconds: downtime.seconds, per: period } });
          assert.deepEqual([fromDowntime?.availability, fromDowntime?.meetsTarget], [value, true]);
        }
      }),
      { verbose: 1, numRuns: 30 },
    );
  });
});

suite('alerts', () => {
  test('are those of the Site Reliability Workbook for 99.9 % over 30 days', () => {
    const found = tool
      .run({ target: 0.999 })
      .alerts.map(({ severity, burnRate, longMinutes, shortMinutes, errorRatio }) => {
        return [severity, burnRate, longMinutes, shortMinutes, errorRatio];
      });
    assert.deepEqual(found, [
      ['page', 14.4, 60, 5, 0.0144],
      ['page', 6, 360, 30, 0.006],
      ['ticket', 1, 4320, 360, 0.001],
    ]);
  });

  test('fire when both windows are above the threshold, and say nothing without both', () => {
    const firing = (long: number, short: number): boolean | null | undefined =>
      tool.run({
        target: 0.999,
        errorRatios: [
          { minutes: 60, ratio: long },
          { minutes: 5, ratio: short },
        ],
      }).alerts[0]?.firing;
    assert.deepEqual([firing(0.0145, 0.0145), firing(0.0145, 0.0144), firing(0.0144, 1)], [true, false, false]);
    assert.equal(tool.run({ errorRatios: [{ minutes: 60, ratio: 1 }] }).alerts[0]?.firing, null);
  });

  test('cannot fire where the threshold is all there is', () => {
    const { alerts, notes } = tool.run({ target: 0.9 });
    assert.deepEqual(
      alerts.map(({ canFire, detectionMinutes }) => [canFire, detectionMinutes]),
      [
        [false, null],
        [true, 216],
        [true, 432],
      ],
    );
    assert.ok(notes.some((note) => note.includes('60 minutes')));
  });

  test('are left out where they look back further than the window', () => {
    const { alerts, notes } = tool.run({ windowDays: 1 });
    assert.deepEqual(
      alerts.map(({ longMinutes }) => longMinutes),
      [60, 360],
    );
    assert.ok(notes.some((note) => note.startsWith('1 of 3 alerts')));
  });
});

suite('the error budget', () => {
  test('burns at 1 when a part of the window used the same part of it', () => {
    const { budget } = tool.run({ target: 0.999, consumption: { badSeconds: 864, elapsedDays: 10 } });
    assert.deepEqual(
      [budget?.burnRate, budget?.usedShare, budget?.exhaustedInDays, budget?.lastsTheWindow],
      [1, 0.333333, 20, true],
    );
  });

  test('is exhausted at once when it is gone, and never when nothing went wrong', () => {
    const gone = tool.run({ consumption: { badSeconds: 2592, elapsedDays: 10 } }).budget;
    assert.deepEqual([gone?.exhausted, gone?.exhaustedInDays, gone?.remaining], [true, 0, 0]);
    const whole = tool.run({ consumption: { badEvents: 0, totalEvents: 0, elapsedDays: 1 } }).budget;
    assert.deepEqual([whole?.exhausted, whole?.exhaustedInDays, whole?.lastsTheWindow], [false, null, true]);
  });

  test('counts events, those to come as expected or at the pace so far', () => {
    const consumption = { badEvents: 100, totalEvents: 300_000, elapsedDays: 15 };
    assert.equal(tool.run({ consumption }).budget?.total, 600);
    assert.equal(tool.run({ consumption: { ...consumption, expectedEvents: 1_000_000 } }).budget?.usedShare, 0.1);
  });

  const refused: [string, Input][] = [
    ['more bad events than there were', { consumption: { badEvents: 2, totalEvents: 1, elapsedDays: 1 } }],
    ['more downtime than time', { consumption: { badSeconds: 86_401, elapsedDays: 1 } }],
    ['more days than the window has', { consumption: { badSeconds: 1, elapsedDays: 31 } }],
    [
      'fewer events expected than came',
      { consumption: { badEvents: 0, totalEvents: 9, elapsedDays: 1, expectedEvents: 8 } },
    ],
    ['more downtime than the period has', { downtime: { seconds: 86_401, per: 'day' } }],
    ['a fee without tiers', { fee: 5 }],
  ];
  for (const [what, input] of refused) {
    test(`refuses ${what}`, () => {
      assert.throws(() => tool.run(input), { code: 'TOOL_FAILED' });
    });
  }
});

suite('a system', () => {
  const cases: [string, SystemPart, number][] = [
    ['in series is the product', { serial: [{ availability: 0.999 }, { availability: 0.998 }] }, 0.997002],
    ['in parallel fails when all fail', { parallel: [{ availability: 0.99, copies: 3 }] }, 0.999999],
    ['of two out of three', { atLeast: 2, of: [{ availability: 0.9, copies: 3 }] }, 0.972],
    ['of different parts', { atLeast: 2, of: [0.9, 0.8, 0.7].map((availability) => ({ availability })) }, 0.902],
    ['that is never up', { serial: [{ availability: 0 }, { availability: 1 }] }, 0],
    ['of one part', { availability: 0.5 }, 0.5],
  ];
  for (const [what, system, availability] of cases) {
    test(what, () => {
      assert.equal(tool.run({ system }).system?.availability, availability);
    });
  }

  test('is as k of n as it is in series and in parallel, at their ends', () => {
    const parts = fc.array(
      fc.integer({ min: 0, max: 1000 }).map((value) => ({ availability: value / 1000 })),
      {
        minLength: 1,
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(parts, (of) => {
        const down = (system: SystemPart): number => tool.run({ system }).system?.unavailability ?? -1;
        assert.ok(isClose(down({ atLeast: of.length, of }), down({ serial: of })));
        assert.ok(isClose(down({ atLeast: 1, of }), down({ parallel: of })));
      }),
      { verbose: 1, numRuns: 40 },
    );
  });

  test('keeps many nines, where 1 − x alone would lose them', () => {
    const { system } = tool.run({ target: 0.999999999, system: { parallel: [{ availability: 0.999, copies: 6 }] } });
    assert.deepEqual([system?.unavailability, system?.meetsTarget], [1e-18, true]);
  });

  test('meets a target that it reaches exactly', () => {
    const system = { serial: [{ availability: 0.999 }, { availability: 1 }] };
    assert.equal(tool.run({ target: 0.999, system }).system?.meetsTarget, true);
  });

  test('names the part that costs most first', () => {
    const { system } = tool.run({
      system: {
        serial: [
          { name: 'good', availability: 0.9999 },
          { name: 'bad', availability: 0.99 },
          { parallel: [{ availability: 0.9, copies: 2 }] },
        ],
      },
    });
    assert.deepEqual(
      system?.parts.map(({ name }) => name),
      ['bad', 'part 3', 'good'],
    );
    assert.equal(system?.parts[0]?.systemIfPerfect, 0.989901);
  });

  const refused: [string, SystemPart][] = [
    ['more needed than there are', { atLeast: 3, of: [{ availability: 0.9, copies: 2 }] }],
    [
      'too many parts',
      {
        serial: [
          { availability: 0.9, copies: 30 },
          { parallel: [{ availability: 0.9, copies: 16 }], copies: 2 },
        ],
      },
    ],
    ['too many levels', nest(9)],
    ['copies of the whole', { availability: 0.9, copies: 2 }],
  ];
  for (const [what, system] of refused) {
    test(`refuses ${what}`, () => {
      assert.throws(() => tool.run({ system }), { code: 'TOOL_FAILED' });
    });
  }
});

suite('incidents', () => {
  test('give MTBF and MTTR whose quotient is the availability, where none overlap', () => {
    const { incidents } = tool.run({
      incidents: { ...MONTH, list: [incident(60, 90), incident(1000, 1100), incident(5000, 5002)] },
    });
    assert.deepEqual([incidents?.mttr?.text, incidents?.downtime.seconds, incidents?.count], ['44m', 7920, 3]);
    const [mtbf, mttr] = [incidents?.mtbf?.seconds ?? 0, incidents?.mttr?.seconds ?? 0];
    assert.equal(Number((mtbf / (mtbf + mttr)).toFixed(12)), incidents?.achieved);
  });

  test('count a moment once where they overlap, by the larger impact', () => {
    const list = [{ ...incident(0, 20), impact: 0.5 }, incident(10, 30)];
    assert.equal(tool.run({ incidents: { ...MONTH, list } }).incidents?.downtime.seconds, 10 * 30 + 20 * 60);
  });

  test('leave planned time out of downtime and service time, unless the context counts it', async () => {
    const list = [{ ...incident(0, 43_200 / 2), planned: true }, incident(100, 200), incident(40_000, 40_216)];
    const excluded = tool.run({ incidents: { ...MONTH, list } }).incidents;
    assert.deepEqual([excluded?.downtime.text, excluded?.achieved, excluded?.count], ['3h 36m', 0.99, 2]);
    const counting = await makeTool({ excludePlanned: false });
    assert.equal(counting.run({ incidents: { ...MONTH, list } }).incidents?.achieved, 0.495);
  });

  test('are cut to the period, last while they have no end, and are ignored outside', () => {
    const list = [
      { start: '2026-03-01T00:00:00Z', end: '2026-04-01T01:00:00+01:00' },
      { start: '2026-03-31T23:00:00Z', end: '2026-04-01T00:10:00Z' },
      { start: '2026-04-30T23:30:00Z' },
    ];
    const { incidents } = tool.run({ incidents: { ...MONTH, list } });
    assert.deepEqual([incidents?.count, incidents?.ignoredCount, incidents?.downtime.text], [2, 1, '40m']);
  });

  test('have no time to repair where nothing failed', () => {
    const { budget, incidents } = tool.run({ incidents: { ...MONTH, list: [] } });
    assert.deepEqual([incidents?.mttr, incidents?.mtbf, incidents?.achieved, budget?.used], [null, null, 1, 0]);
  });

  test('draw up no budget for a period longer than the window', () => {
    const { budget, notes } = tool.run({ windowDays: 29, incidents: { ...MONTH, list: [] } });
    assert.equal(budget, null);
    assert.ok(notes.some((note) => note.includes('longer than the window')));
  });

  test('are down as long as a count of every minute says', () => {
    const list = fc.array(
      fc.record({
        from: fc.integer({ min: -60, max: 600 }),
        minutes: fc.integer({ min: 0, max: 200 }),
        impact: fc.constantFrom(0, 0.25, 1),
        planned: fc.boolean(),
      }),
      { maxLength: 8 },
    );
    const period = { from: at(0), to: at(600) };
    fc.assert(
      fc.property(list, (found) => {
        const minutes = Array.from({ length: 600 }, (_, minute) => {
          const active = found.filter(({ from, minutes: length }) => from <= minute && minute < from + length);
          if (active.some(({ planned }) => planned)) return undefined;
          return Math.max(0, ...active.map(({ impact }) => impact));
        });
        const service = minutes.filter((impact) => impact !== undefined);
        if (service.length === 0) return;
        const down = service.reduce((sum, impact) => sum + impact, 0);
        const incidents = found.map(({ from, impact, minutes: length, planned }) => ({
          ...incident(from, from + length),
          impact,
          planned,
        }));
        const result = tool.run({ incidents: { ...period, list: incidents } }).incidents;
        assert.equal(result?.downtime.seconds, down * 60);
        assert.equal(result.excluded.seconds, (600 - service.length) * 60);
        assert.ok(Math.abs(result.achieved - (1 - down / service.length)) < 1e-12);
      }),
      { verbose: 1, numRuns: 60 },
    );
  });

  const refused: [string, Input['incidents']][] = [
    ['a period upside down', { from: MONTH.to, to: MONTH.from, list: [] }],
    ['an end before its start', { ...MONTH, list: [incident(10, 5)] }],
    ['a time without an offset', { ...MONTH, list: [{ start: '2026-04-01T00:00:00' }] }],
    ['a time that is none', { ...MONTH, list: [{ start: '2026-04-31T25:00:00Z' }] }],
    ['a period that was planned downtime', { ...MONTH, list: [{ start: MONTH.from, planned: true }] }],
  ];
  for (const [what, incidents] of refused) {
    test(`refuses ${what}`, () => {
      assert.throws(() => tool.run({ ...(incidents && { incidents }) }), { code: 'TOOL_FAILED' });
    });
  }
});

suite('service credits', () => {
  test('follow the lowest tier that was missed, a bound itself being met', () => {
    const credit = (achieved: number) => credited.run({ achieved }).credit;
    assert.deepEqual([credit(0.999)?.tier, credit(0.999)?.credit], [null, '0.00']);
    assert.equal(credit(0.998999999)?.credit, '10.00');
    assert.equal(credit(0.98)?.credit, '25.00');
    assert.equal(credit(0)?.credit, '99.99');
  });

  test('meet a bound that the incidents reach exactly', () => {
    // 43 min 12 s of a month of 30 days are 0.1 %.
    const list = [{ start: MONTH.from, end: '2026-04-01T00:43:12Z' }];
    assert.equal(credited.run({ incidents: { ...MONTH, list } }).credit?.credit, '0.00');
  });

  test('are a share where no fee is known, and are not there without an availability', async () => {
    const made = await makeTool({ creditTiers: [{ below: 0.9, credit: 0.5 }] });
    const { credit } = made.run({ achieved: 0.8 });
    assert.deepEqual([credit?.creditShare, credit?.credit], [0.5, null]);
    assert.equal(made.run({}).credit, null);
  });

  test('are refused where a worse availability would be credited less', async () => {
    const made = await makeTool({
      creditTiers: [
        { below: 0.9, credit: 0.1 },
        { below: 0.99, credit: 0.2 },
      ],
    });
    assert.throws(() => made.run({ achieved: 0.5 }), { code: 'TOOL_FAILED' });
  });
});

// Proves template.sla-calculator.
suite('the template', () => {
  test('carries examples that run, whatever the context', async () => {
    for (const context of [
      {},
      { windowDays: 1 },
      { target: 0.1, windowDays: 366, excludePlanned: false },
      EXAMPLES[0]?.context ?? {},
    ]) {
      const { manifest, run } = await makeTool(context);
      const [isInput, isOutput] = [compile(manifest.inputSchema), compile(manifest.outputSchema)];
      for (const { input } of manifest.examples) {
        assert.ok(isInput(input), JSON.stringify(isInput.errors));
        assert.ok(isOutput(run(input as Input)), JSON.stringify(isOutput.errors));
      }
    }
  });

  test('puts a hostile service into name and text, and nowhere else', async () => {
    const service = '"};process.exit();// ${1} {{2}} \\u2028 </script>';
    const { manifest, run } = await makeTool({ service });
    assert.match(manifest.name, /^sla_[a-z0-9_]+$/);
    assert.ok(run({}).summary.startsWith(service));
  });

  test('calls a target illustrative that nobody stated', () => {
    assert.equal(tool.run({}).target.illustrative, true);
    assert.equal(tool.run({ target: 0.999 }).target.illustrative, false);
  });

  test('refuses a context that is not one', async () => {
    for (const context of [
      { target: 99.9 },
      { target: 1 },
      { windowDays: 0 },
      { currency: 'usd' },
      { creditTiers: [{ below: 0.9 }] },
      { alertRules: [] },
      { unknown: true },
    ]) {
      await assert.rejects(makeTemplateTool('sla-calculator', context), { code: 'CONTEXT_INVALID' });
    }
    const made = await makeTool({
      alertRules: [{ severity: 'page', budgetShare: 0.1, longMinutes: 5, shortMinutes: 5 }],
    });
    assert.throws(() => made.run({}), { code: 'TOOL_FAILED' });
  });
});

function makeTool(context: object): Promise<TemplateTool<Input, SlaReport>> {
  return makeTemplateTool('sla-calculator', context);
}

function compile(schema: object) {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false });
  ajvFormats.default(ajv);
  return ajv.compile(schema);
}

/** An incident from one minute of the month to another. */
function incident(from: number, to: number): Incident {
  return { start: at(from), end: at(to) };
}

function at(minute: number): string {
  return new Date(Date.parse(MONTH.from) + minute * MINUTE_MS).toISOString();
}

function nest(levels: number): SystemPart {
  return levels === 1 ? { availability: 0.9 } : { serial: [nest(levels - 1)] };
}

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-5 * Math.max(Math.abs(a), Math.abs(b));
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8')) as T;
}
