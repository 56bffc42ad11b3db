// A tool's next version, and a set of tools, as a user and an MCP client see them.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Failure } from '#sandbox';
import type { Change, VersionSummary } from '#host/registry';
import { startServer, type Served } from '../fixtures/cli/run-bin.ts';
import { createWorkplace, type CalledDocument, type MadeDocument } from '../fixtures/e2e/workplace.ts';
import { CLIENTS, NEWER, type ClientKind, type ClientResult } from '../fixtures/mcp/clients.ts';

const MANIFEST = {
  name: 'greet',
  description: 'Greets somebody.',
  inputSchema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
  outputSchema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
};
const NEXT = {
  ...MANIFEST,
  inputSchema: { type: 'object', properties: { person: { type: 'string' } }, required: ['person'] },
  outputSchema: {
    type: 'object',
    properties: { words: { type: 'array', items: { type: 'string' } } },
    required: ['words'],
  },
};
const SOURCE = 'export default { run: ({ name }) => ({ text: `Hello ${name}` }) };';
const NEXT_SOURCE = "export default { run: ({ person }) => ({ words: ['Hello', person] }) };";
const CUSTOMER = { customer: { industry: 'SaaS', size: '500-1000' } };
const SET = {
  context: CUSTOMER,
  tools: [
    { template: 'roi-calculator', name: 'roi_acme' },
    { template: 'roi-calculator', name: 'roi_other', context: { customer: { industry: 'healthcare' } } },
  ],
};

const place = createWorkplace();
after(() => place[Symbol.dispose]());

function create(source: string, manifest: object, ...flags: readonly string[]): string[] {
  writeFileSync(join(place.cwd, 'greet.ts'), source);
  return ['create', 'greet.ts', '--manifest', JSON.stringify(manifest), ...flags];
}

describe('a breaking change', () => {
  let server: Served;
  before(async () => {
    await place.answer(create(SOURCE, MANIFEST));
    server = await startServer(place);
  });
  after(() => server[Symbol.dispose]());

  // Proves making.breaking-refused.
  it('is refused with what it breaks', async () => {
    const { code, message, data } = await place.refusal(create(NEXT_SOURCE, NEXT));
    assert.equal(code, 'CHANGE_BREAKING');
    assert.match(message, /--allow-breaking/);
    const changes = data?.['changes'] as readonly Change[];
    const broken = changes.filter(({ kind }) => kind === 'breaking');
    assert.deepEqual(broken.map(({ role, path, what }) => `${role} ${path} ${what}`).toSorted(), [
      'input /person new, required',
      'output /text removed',
    ]);
    const { exitCode, stderr } = await place.run(create(NEXT_SOURCE, NEXT));
    assert.equal(exitCode, 1);
    assert.match(stderr, /breaking +input \/person new, required\n/);
  });

  // Proves registry.pinned-calls, making.history.
  it('is published with --allow-breaking, and greet@1 still answers', async () => {
    const made = await place.answer<MadeDocument>(create(NEXT_SOURCE, NEXT, '--allow-breaking'));
    assert.equal(made.version, 2);
    const old = await place.answer<CalledDocument>(['call', 'greet@1', '--input', '{"name":"Ada"}']);
    assert.deepEqual(old.output, { text: 'Hello Ada' });
    const live = await place.answer<CalledDocument>(['call', 'greet', '--input', '{"person":"Ada"}']);
    assert.deepEqual(live.output, { words: ['Hello', 'Ada'] });

    const { tools } = await place.answer<{ tools: [{ versions: readonly VersionSummary[] }] }>(['tools', 'greet']);
    assert.deepEqual(
      tools[0].versions.map(({ version, semver, change }) => [version, semver, change?.kind]),
      [
        [2, '2.0.0', 'breaking'],
        [1, '1.0.0', undefined],
      ],
    );
    const { stdout } = await place.run(['tools', 'greet']);
    assert.match(stdout, /greet@2 +live +2\.0\.0/);
    assert.match(stdout, /greet@2 against greet@1\n {2}breaking +input \/person new, required/);
  });

  for (const kind of CLIENTS) {
    // Proves registry.pinned-calls.
    it(`leaves greet@1 to ${kind.name} clients that pin it`, async () => {
      await using client = await kind.connect({ url: server.url });
      const old = await client.callTool('greet@1', { name: 'Ada' });
      const live = await client.callTool('greet', { person: 'Ada' });
      assert.deepEqual(
        [old.structuredContent, live.structuredContent],
        [{ text: 'Hello Ada' }, { words: ['Hello', 'Ada'] }],
      );
    });

    it(`is refused to ${kind.name} clients, until they allow it`, async () => {
      await using client = await kind.connect({ url: server.url });
      const name = `asked_${kind.name.replaceAll(/\W/g, '_').toLowerCase()}`;
      await callMaker(client, { manifest: { ...MANIFEST, name }, source: SOURCE });
      const next = { manifest: { ...NEXT, name }, source: NEXT_SOURCE };
      const refused = await callMaker(client, next);
      assert.equal(refused.isError, true);
      const failure = refused._meta?.['dev.glovebox/failure'] as Failure;
      assert.equal(failure.code, 'CHANGE_BREAKING');
      const made = await callMaker(client, { ...next, allow_breaking: true });
      assert.equal((made.structuredContent as MadeDocument).version, 2);
      const { versions } = (await client.callTool('list_versions', { tool: name })).structuredContent as {
        readonly versions: readonly VersionSummary[];
      };
      assert.deepEqual(
        versions.map(({ semver, change }) => [semver, change?.kind]),
        [
          ['2.0.0', 'breaking'],
          ['1.0.0', undefined],
        ],
      );
    });
  }
});

function callMaker(
  client: Awaited<ReturnType<ClientKind['connect']>>,
  args: Readonly<Record<string, unknown>>,
): Promise<ClientResult> {
  return client.callTool('create_tool', args);
}

describe('a set of tools', () => {
  // Proves making.set-all-or-none.
  it('is made by the command, all or none', async () => {
    const half = {
      ...SET,
      tools: [...SET.tools, { template: 'roi-calculator', name: 'bad', context: { customer: 1 } }],
    };
    const { code, data } = await place.refusal(['generate-set', JSON.stringify(half)]);
    assert.deepEqual([code, data?.['entry'], data?.['template']], ['CONTEXT_INVALID', 2, 'roi-calculator']);
    const before = await place.answer<{ tools: readonly { name: string }[] }>(['tools']);
    assert.ok(!before.tools.some(({ name }) => name.startsWith('roi_')));

    writeFileSync(join(place.cwd, 'set.json'), JSON.stringify(SET));
    const { tools } = await place.answer<{ tools: readonly MadeDocument[] }>(['generate-set', 'set.json']);
    assert.deepEqual(
      tools.map(({ tool, version }) => [tool, version]),
      [
        ['roi_acme', 1],
        ['roi_other', 1],
      ],
    );
    const { stdout } = await place.run(['generate-set', 'set.json']);
    assert.match(stdout, /roi_acme@1 is live already/);
    assert.equal((await place.refusal(['generate-set', '{"tools":1}'])).code, 'REQUEST_INVALID');
  });

  it('is made over MCP, with progress over all of it', async () => {
    using server = await startServer(place);
    let changes = 0;
    await using client = await NEWER.connect({ url: server.url }, () => (changes += 1));
    const heard: number[] = [];
    const named = SET.tools.map((tool) => ({ ...tool, name: `${tool.name}_mcp` }));
    const made = await client.callTool(
      'generate_set',
      { ...SET, tools: named },
      { onprogress: ({ progress }) => heard.push(progress) },
    );
    const { tools } = made.structuredContent as { readonly tools: readonly MadeDocument[] };
    assert.deepEqual(
      tools.map(({ tool }) => tool),
      ['roi_acme_mcp', 'roi_other_mcp'],
    );
    assert.deepEqual(
      heard,
      heard.toSorted((a, b) => a - b),
    );
    assert.ok(heard.length > 7 && changes <= 1, `${heard.length} steps, ${changes} changes`);
  });
});
