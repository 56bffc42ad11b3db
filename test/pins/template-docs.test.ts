// The page about templates says what the templates say.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');

test('docs/templates.md is what `npm run docs:templates` writes', () => {
  const { status, stderr } = spawnSync(process.execPath, ['.ci/write-template-docs.ts', '--check'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
});
