// The README of every template, followed to the letter: its worked example typed, and what it prints compared.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { commandsOf, readReadme } from '../fixtures/e2e/readme.ts';
import { createShell } from '../fixtures/e2e/shell.ts';
import { createWorkplace } from '../fixtures/e2e/workplace.ts';

const TEMPLATES = join(import.meta.dirname, '../../templates');
const templates = readdirSync(TEMPLATES, { withFileTypes: true }).filter((entry) => entry.isDirectory());

// Proves template.readme.
describe('the worked example of a template', () => {
  for (const { name } of templates) {
    it(`prints what the README of ${name} shows`, async () => {
      const blocks = readReadme(join(TEMPLATES, name)).filter(({ section }) => section === 'A worked example');
      const [commands, shown] = ['sh', 'json'].map((wanted) => blocks.find(({ language }) => language === wanted));
      assert.ok(commands && shown, 'a section "A worked example" with its commands and what the last one prints');
      const [generate = '', call = '', ...more] = commandsOf(commands);
      assert.deepEqual([generate.startsWith(`npx glovebox generate ${name} `), more], [true, []]);

      using place = createWorkplace();
      const type = createShell(place);
      await type(generate);
      // The bill follows the result.
      const [printed] = (await type(call)).split('\n\n');
      assert.equal(printed, shown.text);
    });
  }
});
