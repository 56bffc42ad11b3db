// A comment that names the test that holds it names one that exists.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');
const NAMED = /\b(?:test|sandbox\/attacks)\/[\w/-]+(?:\.test\.ts)?/g;

describe('tests named in product code', () => {
  it('exist', () => {
    const missing = globSync('{host,sandbox}/**/*.{ts,mjs}', { cwd: ROOT }).flatMap((file) =>
      commentsOf(readFileSync(join(ROOT, file), 'utf8'))
        .flatMap((comment) => comment.match(NAMED) ?? [])
        .filter((name) => globSync(name, { cwd: ROOT }).length === 0)
        .map((name) => `${file} names ${name}`),
    );
    assert.deepEqual(missing, []);
  });
});

function commentsOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => /^\s*(?:\/\/|\/?\*)/.test(line));
}
