// Several tools from one context: all are published or none, with the real jail and the real store.

import assert from 'node:assert/strict';
import { after, before, beforeEach, suite, test } from 'node:test';

import { LOCAL_PRINCIPAL as principal } from '#host/base';
import type { GenerateSetRequest, Made, MadeSet } from '#host/making';
import type { MakingStep } from '#host/registry';
import { failureOf, openMaker, type FailedMaking, type TestMaker } from '../fixtures/making/open-maker.ts';
import { createFolder, HEAD, PLAIN, type TemporaryFolder } from '../fixtures/making/template-folder.ts';

const { tenant } = principal;
const STEPS = ['find', 'check', 'render', 'compile', 'inspect', 'probe', 'publish'] as const;

/** A template whose tool returns its context, and which takes only these keys. */
function closed(name: string, ...keys: readonly string[]): Readonly<Record<string, string>> {
  const properties = Object.fromEntries(keys.map((key) => [key, {}]));
  return {
    ...PLAIN,
    'template.json': JSON.stringify({
      ...HEAD,
      name,
      context: { type: 'object', properties, additionalProperties: false },
    }),
    'tool.json.hbs': JSON.stringify({ name, description: 'Returns its context.', inputSchema: { type: 'object' } }),
    'tool.ts.hbs':
      'export default { run: (_input: unknown, host: { context: unknown }) => ({ context: host.context }) };',
  };
}

suite('generateSet', () => {
  let maker: TestMaker;
  let folders: readonly TemporaryFolder[];
  let [alpha, beta, broken] = ['', '', ''];
  before(async () => {
    folders = await Promise.all([
      createFolder(closed('alpha', 'customer', 'tier')),
      createFolder(closed('beta', 'customer', 'region')),
      createFolder({ ...closed('broken', 'customer'), 'tool.ts.hbs': 'export const = 1;' }),
    ]);
    [alpha = '', beta = '', broken = ''] = folders.map(({ path }) => path);
    maker = await openMaker();
  });
  after(() => Promise.all(folders.map((folder) => folder[Symbol.asyncDispose]())));
  beforeEach(async () => {
    for (const { tool } of maker.app.registry.list(tenant)) await maker.app.registry.remove(principal, tool);
  });
  after(() => maker[Symbol.asyncDispose]());

  function make(request: Partial<GenerateSetRequest> & Pick<GenerateSetRequest, 'tools'>): Promise<MadeSet> {
    return maker.app.maker.generateSet({ principal, ...request });
  }

  function failureOfSet(making: Promise<MadeSet>): Promise<FailedMaking> {
    return failureOf(making.then(({ tools }) => tools[0] as Made));
  }

  /** Of the newest makings; those of one set may begin in the same millisecond, so their order says nothing. */
  async function verdicts(limit: number): Promise<readonly string[]> {
    const rows = await maker.app.ledger.makings(tenant, { limit });
    return rows.map(({ verdict, failure, tool = '' }) => `${verdict} ${failure?.code ?? tool}`).toSorted();
  }

  // Proves making.set-all-or-none, making.set-shared-context.
  test('makes each tool of what it takes of the shared context, and publishes all at once', async () => {
    const heard: (readonly [MakingStep['step'], number])[] = [];
    let changes = 0;
    using _listening = maker.app.registry.onChange(() => {
      changes += 1;
    });
    const { tools } = await make({
      context: { customer: { name: 'Acme' }, tier: 1, region: 'EU' },
      tools: [
        { template: { folder: alpha } },
        { template: { folder: beta }, context: { region: 'US' } },
        { template: { folder: alpha }, name: 'gamma', context: { customer: null }, constraints: { timeout: 1 } },
      ],
      onStep: ({ step }, entry) => heard.push([step, entry]),
    });
    assert.deepEqual(
      tools.map(({ tool, version, unchanged, report }) => [tool, version, unchanged, report.map(({ step }) => step)]),
      ['alpha', 'beta', 'gamma'].map((tool) => [tool, 1, false, STEPS]),
    );
    assert.equal(changes, 1);
    assert.equal(heard.length, 3 * STEPS.length);
    assert.deepEqual(new Set(heard.map(([, entry]) => entry)), new Set([0, 1, 2]));
    const outputs = await Promise.all(['alpha', 'beta', 'gamma'].map((tool) => maker.call(tool)));
    assert.deepEqual(
      outputs.map((result) => result.ok && result.output),
      [
        { customer: { name: 'Acme' }, tier: 1 },
        { customer: { name: 'Acme' }, region: 'US' },
        { customer: null, tier: 1 },
      ].map((context) => ({ context })),
    );
    assert.equal((await maker.app.registry.get(tenant, 'gamma')).manifest.limits.wallMs, 1000);
    assert.deepEqual(await verdicts(3), ['published alpha', 'published beta', 'published gamma']);
  });

  test('makes nothing new of the same set', async () => {
    const request = {
      context: { customer: 'A' },
      tools: [{ template: { folder: alpha } }, { template: { folder: beta } }],
    };
    await make(request);
    const { tools } = await make(request);
    assert.deepEqual(
      tools.map(({ unchanged }) => unchanged),
      [true, true],
    );
  });

  // Proves making.set-all-or-none.
  test('publishes nothing when the third of three fails, and says which with its report', async () => {
    const failure = await failureOfSet(
      make({ context: { customer: 'A' }, tools: [alpha, beta, broken].map((folder) => ({ template: { folder } })) }),
    );
    assert.deepEqual([failure.code, failure.step], ['COMPILE_FAILED', 'compile']);
    assert.equal(failure.data?.['entry'], 2);
    assert.ok(!JSON.stringify(failure).includes(broken), 'a path of the host');
    assert.deepEqual(maker.app.registry.list(tenant), []);
    assert.deepEqual(
      await verdicts(3),
      Array.from({ length: 3 }, () => 'failed COMPILE_FAILED'),
    );
  });

  test('refuses what is no set before anything is made', async () => {
    const one = { template: { folder: alpha } };
    for (const [tools, path] of [
      [[one], '/tools'],
      [Array.from({ length: 21 }, () => one), '/tools'],
      [[{ ...one, name: 'same' }, one, { ...one, name: 'same' }], '/tools/2/name'],
    ] as const) {
      const failure = await failureOfSet(make({ tools }));
      assert.deepEqual(
        [failure.code, failure.data?.['path'], failure.step === 'compile'],
        ['REQUEST_INVALID', path, false],
      );
    }
    const typo = await failureOfSet(make({ context: { cutsomer: 1 }, tools: [one, { template: { folder: beta } }] }));
    assert.deepEqual([typo.code, typo.data?.['path']], ['REQUEST_INVALID', '/context/cutsomer']);
  });

  test('refuses two tools of one name, a reserved one, an unknown template and a bad context, naming the entry', async () => {
    const first = { template: { folder: alpha } };
    for (const [second, code] of [
      [first, 'REQUEST_INVALID'],
      [{ ...first, name: 'generate_set' }, 'TOOL_NAME_RESERVED'],
      [{ template: 'no-such-template' }, 'TEMPLATE_NOT_FOUND'],
      [{ ...first, name: 'other', context: { region: 1 } }, 'CONTEXT_INVALID'],
    ] as const) {
      const failure = await failureOfSet(make({ tools: [first, second] }));
      assert.deepEqual([failure.code, failure.data?.['entry']], [code, 1]);
    }
    assert.deepEqual(maker.app.registry.list(tenant), []);
  });

  // Proves making.breaking-refused.
  test('refuses what breaks a live tool, unless that is allowed', async () => {
    await maker.create(
      { name: 'beta', inputSchema: { type: 'object', properties: { a: {} } } },
      'export default { run: () => ({}) };',
    );
    const request = { replace: true, tools: [{ template: { folder: alpha } }, { template: { folder: beta } }] };
    await make(request);
    const files = closed('beta', 'customer');
    const manifest = JSON.stringify({
      name: 'beta',
      description: 'Asks more.',
      inputSchema: { type: 'object', required: ['x'] },
    });
    await using folder = await createFolder({ ...files, 'tool.json.hbs': manifest });
    const next = { tools: [{ template: { folder: alpha } }, { template: { folder: folder.path } }] };
    const failure = await failureOfSet(make(next));
    assert.deepEqual([failure.code, failure.data?.['entry'], failure.step], ['CHANGE_BREAKING', 1, 'inspect']);
    const { tools } = await make({ ...next, allowBreaking: true });
    assert.ok(tools.every(({ unchanged }, index) => unchanged === (index === 0)));
  });

  test('publishes nothing when a name is taken while it is made', async () => {
    let taking: Promise<unknown> | undefined;
    const failure = await failureOfSet(
      make({
        tools: [alpha, beta].map((folder) => ({ template: { folder } })),
        onStep: ({ step }, entry) => {
          if (step !== 'find' || entry !== 1) return;
          taking = maker.create({ name: 'beta' }, 'export default { run: () => ({}) };');
        },
      }),
    );
    await taking;
    assert.deepEqual([failure.code, failure.step, failure.data?.['entry']], ['TOOL_NAME_TAKEN', 'publish', 1]);
    assert.deepEqual(
      maker.app.registry.list(tenant).map(({ tool, lineage }) => [tool, lineage]),
      [['beta', 'source:beta']],
    );
  });

  // Proves making.cancellation.
  test('publishes nothing when it is cancelled half way', async () => {
    const controller = new AbortController();
    const failure = await failureOfSet(
      make({
        tools: [alpha, beta].map((folder) => ({ template: { folder } })),
        signal: controller.signal,
        onStep: ({ step }, entry) => {
          if (step === 'render' && entry === 1) controller.abort();
        },
      }),
    );
    assert.deepEqual([failure.code, failure.data?.['entry']], ['RUN_CANCELLED', 1]);
    assert.deepEqual(maker.app.registry.list(tenant), []);
    assert.deepEqual(
      await verdicts(2),
      Array.from({ length: 2 }, () => 'failed RUN_CANCELLED'),
    );
  });
});
