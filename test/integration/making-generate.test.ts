// A template and a context become a tool: the whole path, with the real jail and the real store.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { LOCAL_PRINCIPAL as principal, sha256 } from '#host/base';
import type { Made } from '#host/making';
import type { MakingStep } from '#host/registry';
import { failureOf, openMaker, type TestMaker } from '../fixtures/making/open-maker.ts';
import { HEAD, MANIFEST } from '../fixtures/making/template-folder.ts';

const { tenant } = principal;
const PRINT_DIGEST = fileURLToPath(new URL('../fixtures/making/print-digest.ts', import.meta.url));
const CONTEXT = { customer: { industry: 'SaaS', size: '500-1000', pain_points: ['high churn', 'low engagement'] } };

/** A template whose tool returns its context and a data pack. */
const ECHO = {
  'template.json': JSON.stringify({
    ...HEAD,
    data: ['rates'],
    context: { type: 'object', properties: { tier: { type: 'string', default: 'free' } } },
    limits: { timeout: 2 },
  }),
  'tool.json.hbs':
    '{ "name": "echo", "description": {{text "Echo of " (default who "nobody")}}, "inputSchema": { "type": "object" }, "outputSchema": { "type": "object" } }',
  'tool.ts.hbs': `import { defineTool } from 'glovebox';
import { twice } from './lib/twice.ts';

const RATES = {{@data.rates}};
const ALL = {{this}};

export default defineTool({
  run: (_input, host) => ({ all: ALL, context: host.context, rate: twice(RATES.vat) }),
});
`,
  'lib/twice.ts': 'export const twice = (value: number): number => 2 * value;',
  'data/rates.json': '{"vat":0.2}',
};

function steps({ report }: Made): string[] {
  return report.map(({ step, verdict }) => `${step} ${verdict}`);
}

suite('generate', () => {
  let maker: TestMaker;
  before(async () => {
    maker = await openMaker();
  });
  after(() => maker[Symbol.asyncDispose]());

  test('writes down everything a source is made from, not only its entry', async () => {
    const { app } = maker;
    const manifest = { name: 'taxed', description: 'Adds a tax.', inputSchema: { type: 'object' } };
    const source = `import { RATE } from './rate.ts'; export default { run: () => ({ rate: RATE }) };`;
    for (const rate of [1, 2]) {
      await app.maker.create({ principal, manifest, source, files: { 'rate.ts': `export const RATE = ${rate};` } });
    }
    const [second, first] = await app.ledger.makings(tenant, { limit: 2 });
    assert.deepEqual([first?.tool, second?.tool], ['taxed', 'taxed']);
    assert.notEqual(first?.inputDigest, second?.inputDigest);
  });

  test('makes a tool that runs, with a report and a row in the ledger', async () => {
    const heard: MakingStep[] = [];
    const { app } = maker;
    const request = { principal, template: 'roi-calculator', context: CONTEXT, name: 'roi_acme' };
    const made = await app.maker.generate({ ...request, onStep: (step) => heard.push(step) });
    assert.deepEqual([made.tool, made.version, made.unchanged], ['roi_acme', 1, false]);
    const expected = ['find', 'check', 'render', 'compile', 'inspect', 'probe', 'publish'].map((step) => `${step} ok`);
    assert.deepEqual(steps(made), expected);
    assert.deepEqual(heard, made.report);
    const [row] = await app.ledger.makings(tenant, { limit: 1 });
    assert.deepEqual(
      [row?.verdict, row?.lineage, row?.tool, row?.version, row?.digest],
      ['published', 'template:roi-calculator', 'roi_acme', 1, made.digest],
    );
    assert.equal(row?.inputDigest, sha256(JSON.stringify(CONTEXT)));
    assert.deepEqual(
      (row.report as MakingStep[]).map(({ step, verdict }) => `${step} ${verdict}`),
      expected,
    );

    const result = await maker.call('roi_acme', { investment: 50_000, annualBenefit: 30_000 });
    assert.ok(result.ok);
    assert.ok(result.bill.cpuMs > 0);
  });

  // Proves making.same-inputs-same-digest.
  test('makes nothing new of the same inputs, and does not probe again', async () => {
    const request = { principal, template: 'roi_calculator', context: CONTEXT, name: 'roi_acme' };
    const made = await maker.app.maker.generate(request);
    assert.deepEqual([made.version, made.unchanged], [1, true]);
    assert.equal(steps(made).at(-2), 'probe skipped');
    assert.equal((await maker.app.ledger.makings(tenant, { limit: 1 }))[0]?.verdict, 'unchanged');
  });

  test('fills the template with the context and its defaults, the packs and its own files', async () => {
    const made = await maker.generate(ECHO, { context: JSON.parse('{"who":"Ada","__proto__":{"a":1}}') });
    const result = await maker.call(made.tool);
    assert.ok(result.ok);
    const all = '{"__proto__":{"a":1},"tier":"free","who":"Ada"}';
    assert.equal(JSON.stringify(result.output), `{"all":${all},"context":${all},"rate":0.4}`);
  });

  test('gives one digest whatever the order of keys', async () => {
    const one = await maker.generate(ECHO, { context: { who: 'Ada', deep: { a: 1, b: 2 } }, name: 'ordered' });
    const other = await maker.generate(ECHO, {
      context: { deep: { b: 2, a: 1 }, tier: 'free', who: 'Ada' },
      name: 'ordered',
    });
    assert.deepEqual([other.digest, other.unchanged], [one.digest, true]);
  });

  // Proves making.same-inputs-same-digest.
  test('gives one digest in every process', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      PRINT_DIGEST,
      'roi-calculator',
      JSON.stringify(CONTEXT),
      'roi_acme',
    ]);
    assert.equal(stdout.trim(), (await maker.app.registry.get(tenant, 'roi_acme')).digest);
  });

  // Proves making.next-version.
  test('gives another digest and the next version for whatever a caller may notice', async () => {
    const base = { description: 'A', examples: [{ input: {} }] };
    const source = 'export default { run: () => ({}) };';
    const variants: [object, string][] = [
      [base, source],
      [{ ...base, description: 'B' }, source],
      [{ ...base, limits: { wallMs: 4000 } }, source],
      [{ ...base, annotations: { readOnlyHint: true } }, source],
      [{ ...base, version: '2.0.0' }, source],
      [{ ...base, inputSchema: { type: 'object', title: 'x' } }, source],
      [base, `${source}\nconsole.log('more');`],
    ];
    const digests = new Set<string>();
    for (const [index, [manifest, text]] of variants.entries()) {
      const made = await maker.create({ name: 'varied', ...manifest }, text);
      assert.equal(made.version, index + 1);
      digests.add(made.digest);
    }
    assert.equal(digests.size, variants.length);
  });

  test('says in the report how the next version differs for its callers', async () => {
    const source = 'export default { run: () => ({}) };';
    await maker.create({ name: 'changing' }, source);
    const made = await maker.create(
      { name: 'changing', inputSchema: { type: 'object', properties: { a: {} } } },
      source,
    );
    assert.match(
      made.report.find(({ step }) => step === 'inspect')?.detail ?? '',
      /1\.1\.0 after changing@1, additive: input \/a new, optional$/,
    );
  });

  test("lets the caller's constraints win over the manifest's limits, and those over the template's", async () => {
    const manifest = JSON.stringify({ ...MANIFEST, name: 'limited', limits: { max_memory: '32MB' } });
    const files = { ...ECHO, 'tool.json.hbs': manifest };
    const { tool } = await maker.generate(files, { constraints: { max_cpu: '0.25 core' } });
    const { manifest: checked } = await maker.app.registry.get(tenant, tool);
    assert.deepEqual(
      [checked.limits.wallMs, checked.limits.heapBytes, checked.limits.cpuMs],
      [2000, 32 * 1024 * 1024, 500],
    );
  });

  test("probes a template's examples only for the context they were written for", async () => {
    const example = { title: 'Wrong', context: { who: 'Ada', n: -0 }, calls: [{ input: {}, output: { all: 1 } }] };
    const files = { ...ECHO, 'examples/wrong.json': JSON.stringify(example) };
    await maker.generate(files, { context: { who: 'Bob' }, name: 'example_not_meant' });
    const failure = await failureOf(maker.generate(files, { context: { n: 0, who: 'Ada' }, name: 'example_meant' }));
    assert.deepEqual([failure.code, failure.step], ['EXAMPLE_FAILED', 'probe']);
  });

  // Proves making.name-of-another.
  test('names its own lineage and refuses the name of another, unless told to replace it', async () => {
    await maker.create({ name: 'owned' }, 'export default { run: () => ({ by: 1 }) };');
    const taken = await failureOf(maker.generate(ECHO, { name: 'owned' }));
    assert.deepEqual([taken.code, taken.step], ['TOOL_NAME_TAKEN', 'publish']);
    const made = await maker.generate(ECHO, { name: 'owned', replace: true });
    assert.deepEqual([made.version, made.unchanged], [2, false]);
  });

  test('lists and describes what it can make', async () => {
    const { listTemplates, describeTemplate } = maker.app.maker;
    const names = (await listTemplates()).map(({ name }) => name);
    assert.deepEqual(names, [
      'decision-table',
      'objection-handler',
      'pricing-by-stage',
      'quote-comparison',
      'roi-calculator',
      'scorecard',
      'sla-calculator',
      'table-report',
      'unit-economics',
    ]);
    for (const name of names) assert.ok((await describeTemplate(name)).examples.length >= 3, name);
    await assert.rejects(describeTemplate('../roi-calculator'), { code: 'TEMPLATE_NOT_FOUND' });
  });
});

suite('create', () => {
  let maker: TestMaker;
  before(async () => {
    maker = await openMaker();
  });
  after(() => maker[Symbol.asyncDispose]());

  test('makes a tool of a source and its files', async () => {
    const files = { 'lib/tax.ts': 'export const vat: number = 0.2;' };
    const source = "import { vat } from './lib/tax.ts'; export default { run: () => ({ vat }) };";
    const examples = [{ input: {}, output: { vat: 0.2 } }];
    const made = await maker.create({ name: 'taxes', examples }, source, { files });
    assert.deepEqual(steps(made).slice(0, 3), ['find ok', 'check skipped', 'render skipped']);
    const result = await maker.call('taxes');
    assert.deepEqual(result.ok && result.output, { vat: 0.2 });
  });

  test('reads schemas the source carries, under the limits of the manifest', async () => {
    // Only with a heap larger than the default can its top level be loaded.
    const source = `import { defineTool } from 'glovebox';
const large = Array.from({ length: 12_000_000 }, (_, index) => index + 0.5);
export default defineTool({
  input: { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] },
  output: { type: 'object', properties: { sum: { type: 'number' } }, required: ['sum'] },
  run: ({ a }: { a: number }) => ({ sum: a + large.length }),
});`;
    const none = { inputSchema: undefined, outputSchema: undefined };
    const limits = { heapBytes: 300 * 1024 * 1024, cpuMs: 10_000, wallMs: 20_000 };
    const tooSmall = await failureOf(maker.create({ ...none, name: 'carrying' }, source));
    assert.deepEqual([tooSmall.step, tooSmall.fault], ['inspect', 'tool']);
    await maker.create({ ...none, name: 'carrying', limits }, source);
    const { manifest } = await maker.app.registry.get(tenant, 'carrying');
    assert.deepEqual(manifest.inputSchema['required'], ['a']);
    assert.deepEqual(manifest.outputSchema?.['required'], ['sum']);
    const refused = await maker.call('carrying', {});
    assert.equal(refused.ok ? '' : refused.failure.code, 'INPUT_INVALID');
  });

  test("takes the source's output schema beside the manifest's input schema, which wins over the source's", async () => {
    const source = `export default {
  input: { type: 'object', required: ['never'] },
  output: { type: 'object', required: ['a'] },
  run: () => ({}),
};`;
    await maker.create({ name: 'half_carrying', outputSchema: undefined }, source);
    const result = await maker.call('half_carrying');
    assert.equal(result.ok ? '' : result.failure.code, 'OUTPUT_INVALID');
  });

  test('loads a tool that no example runs before it is published', async () => {
    for (const source of ['export const x = 1;', 'export default {};']) {
      const failure = await failureOf(maker.create({ name: 'no_tool' }, source));
      assert.deepEqual([failure.code, failure.step], ['TOOL_INVALID', 'inspect']);
    }
    const throwing = await failureOf(maker.create({ name: 'no_tool' }, "\nthrow new Error('at load');"));
    assert.deepEqual([throwing.code, throwing.step], ['TOOL_THREW', 'inspect']);
    assert.match(String(throwing.data?.['stack']), /tool\.ts:2:7/);
  });

  test('counts the makings of one name up, also when they come at once', async () => {
    const sources = [1, 2, 3, 4].map((value) => `export default { run: () => ({ value: ${value} }) };`);
    const makings = await Promise.all(
      [...sources, ...sources].map((source) => maker.create({ name: 'raced' }, source)),
    );
    const versions = new Map(makings.map(({ digest, version }) => [digest, version]));
    assert.deepEqual(
      [...versions.values()].toSorted((a, b) => a - b),
      [1, 2, 3, 4],
    );
    for (const { digest, version } of makings) assert.equal(versions.get(digest), version);
  });
});
