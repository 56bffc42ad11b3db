// docs/mounting.md, followed to the letter: its files saved, its command typed, what they make used.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startServer, type Served } from '../fixtures/cli/run-bin.ts';
import { commandsOf, readPage, readReadme } from '../fixtures/e2e/readme.ts';
import { createWorkplace } from '../fixtures/e2e/workplace.ts';
import { CLIENTS } from '../fixtures/mcp/clients.ts';

const PAGE = readPage('docs/mounting.md');
const COMMANDS = PAGE.filter(({ language }) => language === 'sh').flatMap(commandsOf);

describe('docs/mounting.md', () => {
  const place = createWorkplace();
  let server: Served;

  before(async () => {
    for (const { file, text } of PAGE) {
      if (file === undefined) continue;
      mkdirSync(dirname(join(place.cwd, file)), { recursive: true });
      writeFileSync(join(place.cwd, file), text);
    }
    const [command = '', ...more] = COMMANDS;
    assert.deepEqual(more, []);
    const [, args] = command.split('npx glovebox serve ');
    assert.ok(args);
    server = await startServer(place, args.split(' '));
  });
  after(() => {
    server[Symbol.dispose]();
    place[Symbol.dispose]();
  });

  it('shows the command the README shows', () => {
    const shown = readReadme().filter(({ section }) => section === 'Serve a folder');
    assert.deepEqual(shown.flatMap(commandsOf), COMMANDS);
  });

  for (const kind of CLIENTS) {
    it(`makes a folder that works, client ${kind.name}`, async () => {
      const asked: unknown[] = [];
      const elicit = ({ message }: Readonly<Record<string, unknown>>) => {
        asked.push(message);
        return { action: 'accept', content: { people: 4 } };
      };
      await using client = await kind.connect({ url: server.url }, undefined, { elicit });
      const booked = await client.callTool('book_table', { restaurant: 'Alba' });
      assert.deepEqual(booked.structuredContent, { booked: true, people: 4 });
      assert.deepEqual(asked, ['[book_table] How many of you come to Alba?']);

      const prompt = { name: 'explain', arguments: { topic: 'tides', audience: 'a child' } };
      const { messages } = await client.raw.getPrompt(prompt);
      assert.deepEqual(
        messages.map((message) => (message as { readonly role: string }).role),
        ['user', 'assistant'],
      );
      const argument = { name: 'audience', value: 'a c' };
      const { completion } = await client.raw.complete({ ref: { type: 'ref/prompt', name: 'explain' }, argument });
      assert.deepEqual(completion.values, ['a child', 'a colleague']);

      const { contents } = await client.raw.readResource({ uri: 'menu://alba/friday' });
      const text = '# alba, friday\n\nSoup of the day';
      assert.deepEqual(contents, [{ uri: 'menu://alba/friday', mimeType: 'text/markdown', text }]);
      const ref = { type: 'ref/resource', uri: 'menu://{restaurant}/{day}' };
      const days = await client.raw.complete({ ref, argument: { name: 'day', value: 'f' } });
      assert.deepEqual(days.completion.values, ['friday']);
    });
  }
});
