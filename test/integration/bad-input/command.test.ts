// Bad input to the command: exit code 1 and one coded failure, nothing on stdout.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';

import { SCHEMA_VERSION } from '../../../host/store/migrate.ts';
import { createWorkplace } from '../../fixtures/e2e/workplace.ts';

describe('the command', () => {
  // Proves store.newer.
  it('refuses a home written by a newer version, and leaves it as it is', async () => {
    using place = createWorkplace();
    mkdirSync(join(place.cwd, '.glovebox'));
    using home = new DatabaseSync(join(place.cwd, '.glovebox', 'glovebox.db'));
    home.exec(
      `create table glovebox_schema (version integer); insert into glovebox_schema values (${SCHEMA_VERSION + 1})`,
    );
    for (const args of [['tools'], ['call', 'x'], ['serve', '--port', '0']]) {
      assert.equal((await place.refusal(args)).code, 'STORE_NEWER');
    }
    assert.deepEqual(
      home
        .prepare('select name from sqlite_schema')
        .all()
        .map(({ name }) => name),
      ['glovebox_schema'],
    );
  });

  const REFUSALS: readonly (readonly [what: string, args: readonly string[], code: string])[] = [
    ['a context that is no JSON', ['generate', 'roi-calculator', '--context', '{"customer":'], 'REQUEST_INVALID'],
    ['a template that is not there', ['generate', 'absent', '--context', '{}'], 'TEMPLATE_NOT_FOUND'],
    ['a template that is a path to nothing', ['generate', './absent', '--context', '{}'], 'TEMPLATE_NOT_FOUND'],
    ['a source that is not there', ['create', 'absent.ts', '--manifest', '{}'], 'FILE_UNREADABLE'],
    ['a source that is a folder', ['create', '/etc', '--manifest', '{}'], 'FILE_UNREADABLE'],
    ['an unknown tool', ['call', 'absent'], 'TOOL_NOT_FOUND'],
    ['an unknown run', ['show', 'run_absent'], 'RUN_NOT_FOUND'],
  ];
  for (const [what, args, code] of REFUSALS) {
    it(`refuses ${what} with ${code}`, async () => {
      using place = createWorkplace();
      assert.equal((await place.refusal(args)).code, code);
    });
  }
});
