// What must not become a tool: each refusal has its code and its step, publishes nothing, and leaves a row in the ledger.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';

import { LOCAL_PRINCIPAL as principal, sha256 } from '#host/base';
import type { Made } from '#host/making';
import type { MakingStep } from '#host/registry';
import { failureOf, openMaker, type TestMaker } from '../fixtures/making/open-maker.ts';
import { HEAD, MANIFEST, PLAIN } from '../fixtures/making/template-folder.ts';

const { tenant } = principal;
const MIB = 1024 * 1024;
const SOURCE = 'export default { run: () => ({}) };';

function circular(): object {
  const value: Record<string, unknown> = {};
  value['self'] = value;
  return value;
}

function nested(levels: number): unknown {
  return JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
}

function head(more: object): Readonly<Record<string, string>> {
  return { 'template.json': JSON.stringify({ ...HEAD, ...more }) };
}

function manifest(more: object): Readonly<Record<string, string>> {
  return { 'tool.json.hbs': JSON.stringify({ ...MANIFEST, ...more }) };
}

interface Refusal {
  readonly what: string;
  readonly make: (maker: TestMaker) => Promise<Made>;
  readonly step: string;
  readonly code: string;
  /** The file, or the part of the request, that is named. */
  readonly place?: string;
}

const REFUSALS: readonly Refusal[] = [
  {
    what: 'a template that does not exist',
    make: ({ app }) => app.maker.generate({ principal, template: 'none', context: {} }),
    step: 'find',
    code: 'TEMPLATE_NOT_FOUND',
  },
  {
    what: 'a path in place of a name',
    make: ({ app }) => app.maker.generate({ principal, template: '../templates/roi-calculator', context: {} }),
    step: 'find',
    code: 'TEMPLATE_NOT_FOUND',
  },
  {
    what: 'a folder that does not exist',
    make: ({ app }) => app.maker.generate({ principal, template: { folder: '/no/such/folder' }, context: {} }),
    step: 'find',
    code: 'TEMPLATE_NOT_FOUND',
  },
  {
    what: 'a name that is none',
    make: ({ generate }) => generate({}, { name: 'Not A Name' }),
    step: 'find',
    code: 'REQUEST_INVALID',
  },
  {
    what: 'a reserved name',
    make: ({ generate }) => generate({}, { name: 'generate_tool' }),
    step: 'find',
    code: 'TOOL_NAME_RESERVED',
  },
  {
    what: 'a template.json that is no JSON',
    make: ({ generate }) => generate({ 'template.json': '{' }),
    step: 'find',
    code: 'TEMPLATE_INVALID',
    place: 'template.json',
  },
  {
    what: 'a context that breaks its schema',
    make: ({ generate }) => generate(head({ context: { type: 'object', required: ['a'] } })),
    step: 'check',
    code: 'CONTEXT_INVALID',
  },
  {
    what: 'a context that is no JSON',
    make: ({ generate }) => generate({}, { context: { a: 1n } }),
    step: 'check',
    code: 'CONTEXT_INVALID',
  },
  {
    what: 'a circular context',
    make: ({ generate }) => generate({}, { context: circular() }),
    step: 'check',
    code: 'CONTEXT_INVALID',
  },
  {
    what: 'a context of 5 MB',
    make: ({ generate }) => generate({}, { context: { a: 'x'.repeat(5 * MIB) } }),
    step: 'check',
    code: 'CONTEXT_INVALID',
  },
  {
    what: 'a context that nests 100,000 levels deep',
    make: ({ generate }) => generate({}, { context: nested(100_000) }),
    step: 'check',
    code: 'CONTEXT_INVALID',
  },
  {
    what: 'a context schema that is none',
    make: ({ generate }) => generate(head({ context: { type: 'object', properties: { a: { type: 'nothing' } } } })),
    step: 'check',
    code: 'SCHEMA_INVALID',
    place: 'template.json',
  },
  {
    what: 'a raw slot',
    make: ({ generate }) => generate({ 'tool.ts.hbs': `const a = {{{a}}};\n${PLAIN['tool.ts.hbs']}` }),
    step: 'render',
    code: 'TEMPLATE_RAW_SLOT',
    place: 'tool.ts.hbs',
  },
  {
    what: 'a rendered manifest with a bad name',
    make: ({ generate }) => generate(manifest({ name: 'Bad Name' })),
    step: 'render',
    code: 'MANIFEST_INVALID',
    place: 'tool.json.hbs',
  },
  {
    what: 'a rendered manifest with an unknown key',
    make: ({ generate }) => generate(manifest({ trusted: true })),
    step: 'render',
    code: 'MANIFEST_INVALID',
    place: 'tool.json.hbs',
  },
  {
    what: 'a rendered schema with a remote reference',
    make: ({ generate }) => generate(manifest({ inputSchema: { type: 'object', $ref: 'https://example.com/a' } })),
    step: 'inspect',
    code: 'SCHEMA_REF_REMOTE',
    place: 'tool.json.hbs',
  },
  {
    what: 'limits of the template above the ceiling',
    make: ({ generate }) => generate(head({ limits: { timeout: 31 } })),
    step: 'inspect',
    code: 'LIMITS_ABOVE_CEILING',
    place: 'template.json',
  },
  {
    what: 'constraints above the ceiling',
    make: ({ generate }) => generate({}, { constraints: { max_memory: '1GB' } }),
    step: 'inspect',
    code: 'LIMITS_ABOVE_CEILING',
    place: 'constraints',
  },
  {
    what: 'constraints that ask for the network',
    make: ({ create }) => create({}, SOURCE, { constraints: { network_access: 'full' } }),
    step: 'inspect',
    code: 'POLICY_DENIED',
    place: 'constraints',
  },
  {
    what: 'a grant of the template that is not offered',
    make: ({ generate }) => generate(head({ grants: { 'net.fetch': ['https://example.com'] } })),
    step: 'inspect',
    code: 'GRANT_UNSUPPORTED',
    place: 'template.json',
  },
  {
    what: 'an empty source',
    make: ({ create }) => create({}, ''),
    step: 'find',
    code: 'SOURCE_INVALID',
  },
  {
    what: 'a manifest that is no object',
    make: ({ app }) => app.maker.create({ principal, manifest: 'adds', source: SOURCE }),
    step: 'find',
    code: 'MANIFEST_INVALID',
  },
  {
    what: 'a source without any schema',
    make: ({ create }) => create({ inputSchema: undefined }, SOURCE),
    step: 'inspect',
    code: 'MANIFEST_INVALID',
  },
  {
    what: 'a carried schema that is none',
    make: ({ create }) => create({ inputSchema: undefined }, 'export default { input: 5, run: () => ({}) };'),
    step: 'inspect',
    code: 'SCHEMA_INVALID',
  },
  {
    what: 'a schema of 10 MB',
    make: ({ create }) => create({ inputSchema: { type: 'object', description: 'x'.repeat(10 * MIB) } }, SOURCE),
    step: 'inspect',
    code: 'SCHEMA_LIMIT',
    place: 'manifest',
  },
  {
    what: 'an example its output schema refuses',
    make: ({ create }) =>
      create({ outputSchema: { type: 'object', required: ['a'] }, examples: [{ input: {} }] }, SOURCE),
    step: 'probe',
    code: 'EXAMPLE_FAILED',
  },
  {
    what: 'an example that never ends',
    make: ({ create }) =>
      create({ limits: { cpuMs: 200 }, examples: [{ input: {} }] }, 'export default { run() { for (;;); } };'),
    step: 'probe',
    code: 'EXAMPLE_FAILED',
  },
];

// Proves making.refusal-publishes-nothing.
suite('a making that must fail', () => {
  let maker: TestMaker;
  before(async () => {
    maker = await openMaker();
    await maker.create({ name: 'benign' }, 'export default { run: () => ({ ok: true }) };');
  });
  after(() => maker[Symbol.asyncDispose]());

  for (const { what, make, step, code, place } of REFUSALS) {
    test(`refuses ${what}`, async () => {
      const { registry, ledger } = maker.app;
      const published = registry.list(tenant);
      const [failure, beside] = await Promise.all([failureOf(make(maker)), maker.call('benign')]);
      const named = failure.data?.['file'] ?? failure.data?.['part'];
      assert.deepEqual([failure.code, failure.step, named], [code, step, place], failure.message);
      assert.equal(beside.ok, true);
      assert.equal(registry.list(tenant), published);
      const [row] = await ledger.makings(tenant, { limit: 1 });
      assert.deepEqual([row?.verdict, row?.failure?.code], ['failed', code]);
      assert.equal(row?.failure?.data?.['report'], undefined);
      const last = row?.report.at(-1) as MakingStep | undefined;
      assert.deepEqual([last?.step, last?.verdict], [step, 'failed']);
    });
  }

  test('has the digest of the empty text for a context that could not be read', async () => {
    await failureOf(maker.generate({}, { context: { a: 1n } }));
    const [row] = await maker.app.ledger.makings(tenant, { limit: 1 });
    assert.equal(row?.inputDigest, sha256(''));
  });

  test('tells no path of the host, neither the caller nor the ledger', async () => {
    const { app } = maker;
    const folder = `${import.meta.dirname}/making-without-a-template`;
    const failure = await failureOf(app.maker.generate({ principal, template: { folder }, context: {} }));
    const [row] = await app.ledger.makings(tenant, { limit: 1 });
    assert.ok(!JSON.stringify([failure, row]).includes(import.meta.dirname));
  });
});
