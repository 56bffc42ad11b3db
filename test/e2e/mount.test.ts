// `--mount`: what lies in a folder is served from there, to clients of both eras, and by a fresh home.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { MountProblem } from '#host/making';
import { BIN, startServer, type Served } from '../fixtures/cli/run-bin.ts';
import { createWorkplace } from '../fixtures/e2e/workplace.ts';
import { MOUNTED_FILES } from '../fixtures/making/mounted-files.ts';
import { createFolder, type TemporaryFolder } from '../fixtures/making/template-folder.ts';
import { CLIENTS, NEWER, OLDER } from '../fixtures/mcp/clients.ts';
import { until } from '../fixtures/mcp/until.ts';

/** Two tools more: one hides its sibling and shows it again, one says that a resource changed. */
const FILES = {
  ...MOUNTED_FILES,
  'tools/curtain.json': JSON.stringify({
    description: 'Hides hello, or shows it.',
    inputSchema: { type: 'object', properties: { open: { type: 'boolean' } }, required: ['open'] },
    grants: { 'listing.change': ['hello', 'explain', 'about'] },
  }),
  'tools/curtain.ts': `import { defineTool } from 'glovebox';

export default defineTool({
  async run(input: { open: boolean }, host) {
    const before = [];
    for (const [topic, name] of [['tools', 'hello'], ['prompts', 'explain'], ['resources', 'about']] as const) {
      before.push((await (input.open ? host.listing.show(topic, name) : host.listing.hide(topic, name))).shown);
    }
    return { before };
  },
});
`,
  'tools/touch.json': JSON.stringify({
    description: 'Says that the page about it changed.',
    inputSchema: { type: 'object' },
    grants: { 'resource.notify': ['notes://about'] },
  }),
  'tools/touch.ts': `import { defineTool } from 'glovebox';

export default defineTool({
  async run(_input, host) {
    await host.updated('notes://about');
    return {};
  },
});
`,
};

const place = createWorkplace();
let folder: TemporaryFolder;
let server: Served;

before(async () => {
  await place.createAct();
  folder = await createFolder(FILES);
  server = await startServer(place, ['--mount', folder.path]);
});
after(async () => {
  server[Symbol.dispose]();
  await folder[Symbol.asyncDispose]();
  place[Symbol.dispose]();
});

for (const kind of CLIENTS) {
  describe(`A mounted folder, client ${kind.name}`, () => {
    const connect = (options = {}) => kind.connect({ url: server.url }, undefined, options);

    // Proves mount.served.
    it('is listed and used', async () => {
      await using client = await connect();
      const names = (await client.listTools()).tools.map(({ name }) => name);
      for (const name of ['act', 'curtain', 'hello', 'touch']) assert.ok(names.includes(name), name);
      const hello = await client.callTool('hello', { name: 'Ada' });
      assert.deepEqual(hello.structuredContent, { text: 'Hello Ada' });

      const { prompts } = await client.raw.listPrompts();
      assert.deepEqual(
        prompts.map(({ name }) => name),
        ['explain'],
      );
      const { messages } = await client.raw.getPrompt({ name: 'explain', arguments: { topic: 'tides' } });
      const text = 'Hello there: explain tides, plainly.';
      assert.deepEqual(messages, [{ role: 'user', content: { type: 'text', text } }]);
      const argument = { name: 'tone', value: 'pl' };
      const { completion } = await client.raw.complete({ ref: { type: 'ref/prompt', name: 'explain' }, argument });
      assert.deepEqual(completion.values, ['plainly', 'playfully']);

      const { resources } = await client.raw.listResources();
      assert.deepEqual(
        resources.map(({ uri }) => uri),
        ['notes://about'],
      );
      const { resourceTemplates } = await client.raw.listResourceTemplates();
      assert.deepEqual(
        resourceTemplates.map(({ uriTemplate }) => uriTemplate),
        ['notes://{id}/text'],
      );
      const { contents } = await client.raw.readResource({ uri: 'notes://7/text' });
      assert.deepEqual(contents, [{ uri: 'notes://7/text', text: 'Note 7' }]);
    });

    // Proves mount.shown.
    it('shows and hides what a tool was granted, and tells of it', async () => {
      const changed = new Set<string>();
      await using client = await connect({ onChanged: (topic: string) => changed.add(topic) });
      const hidden = await client.callTool('curtain', { open: false });
      assert.deepEqual(hidden.structuredContent, { before: [true, true, true] });
      await until('all lists to be announced', () => changed.size === 3);
      assert.equal(
        (await client.listTools()).tools.some(({ name }) => name === 'hello'),
        false,
      );
      assert.deepEqual((await client.raw.listPrompts()).prompts, []);
      assert.deepEqual((await client.raw.listResources()).resources, []);
      await assert.rejects(client.raw.readResource({ uri: 'notes://about' }));
      const shown = await client.callTool('curtain', { open: true });
      assert.deepEqual(shown.structuredContent, { before: [false, false, false] });
      assert.equal(
        (await client.listTools()).tools.some(({ name }) => name === 'hello'),
        true,
      );
    });
  });
}

describe('A mounted resource', () => {
  it('is announced to its subscribers when a tool says that it changed', async () => {
    const updated: string[] = [];
    await using client = await OLDER.connect({ url: server.url }, undefined, { onUpdated: (uri) => updated.push(uri) });
    await client.raw.subscribeResource({ uri: 'notes://about' });
    assert.equal((await client.callTool('touch', {})).isError, undefined);
    await until('the update', () => updated.length > 0);
    assert.deepEqual(updated, ['notes://about']);
  });
});

describe('glovebox serve --mount', () => {
  it('takes a folder by its path from where it is started', async () => {
    using other = await startServer({ ...place, cwd: folder.path }, [
      '--mount',
      '.',
      '--home',
      join(place.cwd, 'other'),
    ]);
    await using client = await NEWER.connect({ url: other.url });
    assert.equal((await client.callTool('hello', { name: 'Bo' })).isError, undefined);
  });

  it('mounts several folders, and refuses those that share a name', async () => {
    await using second = await createFolder({
      'prompts/more.json': '{}',
      'prompts/more.ts': `import { definePrompt } from 'glovebox'; export default definePrompt({ run: () => 'More.' });`,
    });
    using both = await startServer(place, ['--mount', folder.path, '--mount', second.path]);
    await using client = await NEWER.connect({ url: both.url });
    assert.deepEqual(
      (await client.raw.listPrompts()).prompts.map(({ name }) => name),
      ['explain', 'more'],
    );
    const twice = await place.refusal(['serve', '--port', '0', '--mount', folder.path, '--mount', folder.path]);
    assert.equal(twice.code, 'TOOL_NAME_TAKEN');
  });

  it('refuses a folder with every problem, before it listens', async () => {
    await using broken = await createFolder({ ...FILES, 'tools/touch.ts': 'export default {', 'tools/odd.txt': '' });
    const { code, data } = await place.refusal(['serve', '--port', '0', '--mount', broken.path]);
    assert.equal(code, 'MOUNT_INVALID');
    const items = data?.['items'] as readonly MountProblem[];
    assert.deepEqual(items.map(({ path }) => path).toSorted(), ['tools/odd.txt', 'tools/touch.ts']);
    const { exitCode, stdout, stderr } = await place.run(['stdio', '--mount', broken.path]);
    assert.deepEqual([exitCode, stdout], [1, '']);
    for (const { path } of items) assert.match(stderr, new RegExp(`^ {2}${path} `, 'm'));
  });

  // Proves mount.names.
  it('refuses a tool that the home has already', async () => {
    await using taken = await createFolder({
      'tools/act.json': JSON.stringify({ description: 'Acts.', inputSchema: { type: 'object' } }),
      'tools/act.ts': 'export default { run: () => ({}) };',
    });
    const { code } = await place.refusal(['serve', '--port', '0', '--mount', taken.path]);
    assert.equal(code, 'TOOL_NAME_TAKEN');
  });
});

describe('glovebox stdio --mount', () => {
  it('serves the folder, which may be gone by then', async () => {
    await using copy = await createFolder(FILES);
    const args = [BIN, 'stdio', '--home', join(place.cwd, 'stdio'), '--mount', copy.path];
    await using client = await NEWER.connect({ program: args });
    assert.equal(
      (await client.listTools()).tools.some(({ name }) => name === 'hello'),
      true,
    );
    rmSync(copy.path, { recursive: true });
    assert.deepEqual((await client.callTool('hello', { name: 'Cy' })).structuredContent, { text: 'Hello Cy' });
  });
});
