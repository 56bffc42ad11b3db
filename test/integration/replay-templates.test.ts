// Runs of every shipped template, picked by chance from their examples, done again.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { LOCAL_PRINCIPAL as principal, parseConfig } from '#host/base';
import { openApp } from '../../host/app.ts';
import { createTemporaryHome } from '../fixtures/store/temporary-home.ts';

interface Example {
  readonly context: unknown;
  readonly calls: readonly { readonly input: unknown }[];
}

const TEMPLATES = join(import.meta.dirname, '../../templates');
const RUNS_OF_EACH = 3;

// Proves replay.identical.
describe('replays of runs of templates', () => {
  it('are identical, whatever the template and the input', async () => {
    await using home = await createTemporaryHome();
    await using app = await openApp({ home: home.path, config: parseConfig({}, home.path) });
    const templates = readdirSync(TEMPLATES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.equal(templates.length, 9);
    for (const { name: template } of templates) {
      const { context, calls } = anyExample(template);
      const { tool } = await app.maker.generate({ principal, template, context });
      for (let run = 0; run < RUNS_OF_EACH; run += 1) {
        const { ok } = await app.caller.call({ principal, tool, input: anyOf(calls).input });
        assert.ok(ok, template);
      }
    }
    const replays = await Array.fromAsync(app.replayer.replayAll({ principal }));
    assert.equal(replays.length, templates.length * RUNS_OF_EACH);
    assert.deepEqual(
      replays.filter(({ verdict }) => verdict !== 'identical'),
      [],
    );
  });
});

function anyExample(template: string): Example {
  const folder = join(TEMPLATES, template, 'examples');
  return JSON.parse(readFileSync(join(folder, anyOf(readdirSync(folder))), 'utf8')) as Example;
}

function anyOf<Item>(items: readonly Item[]): Item {
  const item = items[Math.floor(Math.random() * items.length)];
  assert.ok(item !== undefined);
  return item;
}
