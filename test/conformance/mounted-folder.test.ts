// What an author puts into a mounted folder is what clients find, word for word.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { isReservedName } from '#host/making';
import { CLIENTS } from '../fixtures/mcp/clients.ts';
import { FOLDER, serveFixture, type ServedFixture } from './serve-fixture.ts';

/** An item as its manifest or a list has it. */
interface Item {
  readonly name: string;
  readonly inputSchema?: unknown;
  readonly uri?: string;
}

describe('glovebox serve --mount test/fixtures/conformance', () => {
  let server: ServedFixture | undefined;
  before(async () => {
    server = await serveFixture();
  });
  after(() => server?.[Symbol.asyncDispose]());

  for (const kind of CLIENTS) {
    describe(`to clients of ${kind.name}`, () => {
      it("lists the folder's tools beside the host's own, with their schemas", async () => {
        await using client = await kind.connect({ url: server!.url });
        const tools: readonly Item[] = (await client.listTools()).tools;
        const own = tools.filter(({ name }) => !isReservedName(name));
        assert.deepEqual(own.map(schemaOf), readManifests('tools').map(schemaOf));
      });

      it("lists the folder's prompts and resources", async () => {
        await using client = await kind.connect({ url: server!.url });
        const { prompts } = await client.raw.listPrompts();
        assert.deepEqual(namesOf(prompts), namesOf(readManifests('prompts')));
        const { resources } = await client.raw.listResources();
        const { resourceTemplates } = await client.raw.listResourceTemplates();
        const uris = [...resources.map(({ uri }) => uri), ...resourceTemplates.map(({ uriTemplate }) => uriTemplate)];
        assert.deepEqual(new Set(uris), new Set(readManifests('resources').map(({ uri }) => uri)));
      });
    });
  }
});

/** What the authors wrote, sorted by name. */
function readManifests(topic: string): readonly Item[] {
  const files = readdirSync(join(FOLDER, topic)).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => JSON.parse(readFileSync(join(FOLDER, topic, file), 'utf8')) as Item);
}

function schemaOf({ name, inputSchema }: Item): Item {
  return { name, inputSchema };
}

function namesOf(items: readonly Item[]): readonly string[] {
  return items.map(({ name }) => name);
}
