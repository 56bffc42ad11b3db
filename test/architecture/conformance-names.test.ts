// Product code knows none of the tools it is judged by: they are served like anybody's.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { describe, it } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');

describe('names of test/fixtures/conformance', () => {
  const names = globSync('test/fixtures/conformance/{tools,prompts,resources}/*.ts', { cwd: ROOT }).map(
    (file) => parse(file).name,
  );
  const compound = names.filter((name) => name.includes('_'));
  // A word of everyday language is a name where it is a string of its own: help texts may greet.
  const words = names.filter((name) => !name.includes('_')).map((name) => `'${name}'`);
  const pattern = new RegExp(`\\b(?:test_\\w+|${compound.join('|')})\\b|${words.join('|')}|test://`, 'g');

  it('stand nowhere in product code', () => {
    assert.ok(compound.length > 40);
    const files = globSync('{host,sandbox,plugins,templates}/**/*.{ts,mts,mjs,js,json,hbs}', { cwd: ROOT });
    const found = files.flatMap((file) =>
      (readFileSync(join(ROOT, file), 'utf8').match(pattern) ?? []).map((name) => `${file} names ${name}`),
    );
    assert.deepEqual(found, []);
  });

  it('would be found', () => {
    const code = "if (tool === 'greet' || uri.startsWith('test://') || tool === 'failing_job') test_anything();";
    assert.deepEqual(code.match(pattern), ["'greet'", 'test://', 'failing_job', 'test_anything']);
  });
});
