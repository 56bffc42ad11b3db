// A folder of tools, prompts and resources, made ready in the real jail and used.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { LOCAL_PRINCIPAL as principal } from '#host/base';
import type { MountedItem } from '#host/making';
import type { Mount } from '#host/registry';
import { MOUNTED_FILES } from '../fixtures/making/mounted-files.ts';
import { openMaker, type TestMaker } from '../fixtures/making/open-maker.ts';
import { createFolder } from '../fixtures/making/template-folder.ts';

const { tenant } = principal;

describe('Maker.mount', () => {
  let maker: TestMaker;
  before(async () => {
    maker = await openMaker();
  });
  after(() => maker[Symbol.asyncDispose]());

  async function mount(files: Readonly<Record<string, string>>, seen: MountedItem[] = []): Promise<Mount> {
    await using folder = await createFolder(files);
    return await maker.app.maker.mount({ principal, folder: folder.path, onItem: (item) => seen.push(item) });
  }

  // Proves mount.beside-store.
  it('makes tools, prompts and resources ready and writes nothing down', async () => {
    const { app } = maker;
    const before = await app.ledger.makings(tenant);
    const seen: MountedItem[] = [];
    const mounted = await mount(MOUNTED_FILES, seen);
    assert.deepEqual(seen.map(({ path }) => path).toSorted(), [
      'prompts/explain.ts',
      'resources/about.ts',
      'resources/note.ts',
      'tools/hello.ts',
    ]);
    assert.deepEqual(
      seen.map(({ done, total, problem }) => [done, total, problem]),
      [1, 2, 3, 4].map((done) => [done, 4, undefined]),
    );
    assert.deepEqual(mounted.tools[0]?.lineage, 'mount:hello');
    // A tool carries of the SDK what it uses: the digest of no other tool depends on the rest.
    assert.doesNotMatch(mounted.tools[0]?.artifact.script ?? '', /definePrompt|defineResource/);
    assert.deepEqual(mounted.resources[0]?.manifest.cache, { ttlMs: 1000, scope: 'private' });
    assert.deepEqual(await app.ledger.makings(tenant), before);
    assert.deepEqual(app.registry.list(tenant), []);

    using _served = app.registry.mount(principal, mounted);
    const result = await maker.call('hello', { name: 'Ada' });
    assert.ok(result.ok, JSON.stringify(result));
    assert.deepEqual([result.output, result.version], [{ text: 'Hello Ada' }, 1]);
    await assert.rejects(maker.create({ name: 'hello' }, 'export default { run: () => ({}) };'), {
      code: 'TOOL_NAME_TAKEN',
    });
  });

  it('gives the same digests for the same files, and others for other ones', async () => {
    const digests = ({ tools, prompts, resources }: Mount): readonly string[] => [
      ...tools.map(({ artifact }) => artifact.digest),
      ...[...prompts, ...resources].map(({ digest }) => digest),
    ];
    const first = digests(await mount(MOUNTED_FILES));
    assert.deepEqual(digests(await mount({ ...MOUNTED_FILES, 'tools/README.md': 'More.' })), first);
    const lib = 'export const greet = (name: string): string => `Good day ${name}`;\n';
    const manifest = JSON.stringify({ description: 'Greets.', inputSchema: { type: 'object' } });
    const changed = digests(await mount({ ...MOUNTED_FILES, 'lib/greeting.ts': lib, 'tools/hello.json': manifest }));
    assert.deepEqual(
      changed.map((digest, index) => digest === first[index]),
      [false, false, true, true],
    );
    assert.equal(new Set(first).size, 4);
  });

  it('tells a fault at run time at the line its author wrote, in the tool and in what it imports', async () => {
    const mounted = await mount({
      ...MOUNTED_FILES,
      'lib/greeting.ts':
        '// A comment.\nexport const greet = (name: string): string => {\n  throw new Error(name);\n};\n',
      'tools/hello.json': JSON.stringify({ description: 'Greets.', inputSchema: { type: 'object' } }),
    });
    using _served = maker.app.registry.mount(principal, mounted);
    const result = await maker.call('hello', { name: 'Ada' });
    assert.ok(!result.ok);
    assert.match(String(result.failure.data?.['stack']), /lib\/greeting\.ts:3:.*\n.*tools\/hello\.ts:6:/);
  });

  it('renders prompts, reads resources and completes arguments', async () => {
    const { app } = maker;
    using _served = app.registry.mount(principal, await mount(MOUNTED_FILES));
    const client = { ask: false, sample: false, roots: false, tasks: false };
    const rendered = await app.caller.getPrompt({ principal, client, prompt: 'explain', args: { topic: 'tides' } });
    assert.deepEqual(rendered.kind === 'result' && rendered.result.messages, [
      { role: 'user', content: { type: 'text', text: 'Hello there: explain tides, plainly.' } },
    ]);
    const read = async (uri: string) => {
      const found = await app.caller.readResource({ principal, client, uri });
      assert.equal(found.kind, 'result');
      return found.kind === 'result' && found.result.contents[0];
    };
    assert.deepEqual(await read('notes://about'), {
      uri: 'notes://about',
      mimeType: 'text/markdown',
      text: '# About',
    });
    assert.deepEqual(await read('notes://a%20b/text'), { uri: 'notes://a%20b/text', text: 'Note a b' });
    const complete = { principal, subject: { prompt: 'explain' }, argument: 'tone', value: 'pl', others: {} };
    assert.deepEqual((await app.caller.complete(complete)).values, ['plainly', 'playfully']);
    assert.deepEqual((await app.caller.complete({ ...complete, argument: 'topic' })).values, []);

    const missing = app.caller.getPrompt({ principal, client, prompt: 'explain', args: {} });
    await assert.rejects(missing, { code: 'INPUT_INVALID' });
    const unknown = app.caller.getPrompt({ principal, client, prompt: 'explain', args: { topic: 'a', tune: 'b' } });
    await assert.rejects(unknown, { code: 'INPUT_INVALID' });
  });

  it('holds those that do without the SDK to the same answers', async () => {
    const { app } = maker;
    const answering = (answer: string): string => `export default { run: () => (${answer}) };`;
    using _served = app.registry.mount(
      principal,
      await mount({
        'prompts/system.json': '{}',
        'prompts/system.ts': answering(`{ messages: [{ role: 'system', content: { type: 'text', text: 'x' } }] }`),
        'resources/both.json': '{"uri":"notes://both"}',
        'resources/both.ts': answering(`{ contents: [{ uri: 'notes://both', text: 'x', blob: 'AQID' }] }`),
      }),
    );
    const client = { ask: false, sample: false, roots: false, tasks: false };
    const invalid = { code: 'OUTPUT_INVALID' };
    await assert.rejects(app.caller.getPrompt({ principal, client, prompt: 'system', args: {} }), invalid);
    await assert.rejects(app.caller.readResource({ principal, client, uri: 'notes://both' }), invalid);
  });

  // Proves resource.stays-inside.
  it('reads nothing by a URI that walks out', async () => {
    const { app } = maker;
    using _served = app.registry.mount(principal, await mount(MOUNTED_FILES));
    const client = { ask: false, sample: false, roots: false, tasks: false };
    for (const uri of ['notes://../text', 'notes://%2e%2e/text', 'notes://a%2Fb/text', 'file:///etc/passwd']) {
      await assert.rejects(app.caller.readResource({ principal, client, uri }), { code: 'RESOURCE_NOT_FOUND' }, uri);
    }
  });
});
