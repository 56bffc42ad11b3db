// README.md, followed to the letter: its files saved, its commands typed, its configuration copied.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createSchemaChecker, type JsonSchema } from '#sandbox';
import { startServer, type Served } from '../fixtures/cli/run-bin.ts';
import { commandsOf, readReadme, type Block } from '../fixtures/e2e/readme.ts';
import { createShell } from '../fixtures/e2e/shell.ts';
import { createWorkplace, type CalledDocument, type MadeDocument } from '../fixtures/e2e/workplace.ts';
import { CLIENTS, NEWER, type Endpoint } from '../fixtures/mcp/clients.ts';

const ROOT = join(import.meta.dirname, '../..');
const README = readReadme();

const blocksOf = (section: string, language: string): readonly Block[] =>
  README.filter((block) => block.section === section && block.language === language);
const commandsIn = (section: string): readonly string[] => blocksOf(section, 'sh').flatMap(commandsOf);

// Proves command.readme.
describe('README.md', () => {
  const place = createWorkplace();
  const type = createShell(place, ['mcp-inspector']);
  let server: Served;

  before(async () => {
    for (const { file, text: content } of README) if (file !== undefined) writeFileSync(join(place.cwd, file), content);
    server = await startServer(place);
  });

  after(() => {
    server[Symbol.dispose]();
    place[Symbol.dispose]();
  });

  it('opens with the two commands', () => {
    assert.deepEqual(README[0] && commandsOf(README[0]), ['npm ci && npx glovebox demo', 'npm ci && npm test']);
  });

  it('makes a tool from a template, calls it, and makes it again', async () => {
    const commands = commandsIn('Make a tool from a template');
    const [show = '', generate = '', call = '', again = ''] = commands;
    assert.deepEqual([commands.length, again], [4, generate]);
    await type(show);
    const made = JSON.parse(await type(generate)) as MadeDocument;
    const called = JSON.parse(await type(call)) as CalledDocument;
    const madeAgain = JSON.parse(await type(again)) as MadeDocument;
    assert.deepEqual([made.tool, made.unchanged], ['roi_acme', false]);
    assert.deepEqual({ ...madeAgain, report: [] }, { ...made, unchanged: true, report: [] });
    assert.ok(called.bill.cpuMs > 0 && called.bill.wallMs > 0);
    assert.deepEqual(createSchemaChecker(await outputSchemaOf('roi_acme'))(called.output), { ok: true });
  });

  it('makes a tool from source and looks at its run', async () => {
    const [create = '', call = '', runs = '', show = '', ...more] = commandsIn('Make a tool from source');
    assert.deepEqual(more, []);
    await type(create);
    assert.match(await type(call), /"each": "33\.34"/);
    const [run = ''] = /run_[0-9a-f]+/.exec(await type(runs)) ?? [];
    assert.match(await type(show.replace('run_…', run)), /"each": "33\.34"/);
  });

  it('shows versions, and makes a set', async () => {
    const [versions = '', set = '', ...more] = commandsIn('Make the next version, or several tools at once');
    assert.deepEqual(more, []);
    assert.match(await type(versions), /split_bill@1 +live +1\.0\.0/);
    assert.match(await type(set), /roi_saas@1[^]*roi_clinic@1/);
  });

  it('connects clients of both eras by its configuration', async () => {
    const [overHttp, overStdio] = blocksOf('Connect an MCP client', 'json').map(endpointOf);
    for (const endpoint of [overHttp, overStdio]) {
      for (const kind of CLIENTS) {
        await using client = await kind.connect(endpoint!);
        const { tools } = await client.listTools();
        assert.ok(tools.some(({ name }) => name === 'roi_acme'));
      }
    }
  });

  it('lists and calls with the inspector', async () => {
    const [serve = '', ...inspections] = commandsIn('Connect an MCP client');
    assert.match(serve, /^npx glovebox serve --port 8080$/);
    const outputs = [];
    for (const command of inspections) outputs.push(await type(here(command)));
    assert.equal(outputs.length, 3);
    for (const output of outputs) assert.match(output, /roi_acme|24605\.56/);
  });

  it('checks the machine', async () => {
    assert.match(await type('npx glovebox doctor'), /Tools can run here/);
  });

  /** The server of this test instead of the one on port 8080, this clone instead of the reader's. */
  function here(written: string): string {
    return written
      .replaceAll('http://127.0.0.1:8080/mcp', server.url)
      .replaceAll('/path/to/glovebox/.glovebox', join(place.cwd, '.glovebox'))
      .replaceAll('/path/to/glovebox', ROOT);
  }

  function endpointOf(block: Block): Endpoint {
    const { mcpServers } = JSON.parse(here(block.text)) as Configuration;
    const { url, command, args = [] } = mcpServers.glovebox;
    if (url !== undefined) return { url };
    assert.equal(command, 'node');
    return { program: args };
  }

  async function outputSchemaOf(tool: string): Promise<JsonSchema> {
    await using client = await NEWER.connect({ url: server.url });
    const { tools } = await client.listTools();
    return tools.find(({ name }) => name === tool)?.outputSchema as JsonSchema;
  }
});

/** What desktop clients and editors read. */
interface Configuration {
  readonly mcpServers: {
    readonly glovebox: { readonly url?: string; readonly command?: string; readonly args?: readonly string[] };
  };
}
