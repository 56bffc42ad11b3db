// The lexer against esbuild's, on this repository's own sources: where it sees code, a comment may stand and changes nothing.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { suite, test } from 'node:test';
import { transformSync } from 'esbuild';
import { BEGINNING, scanText } from '../../../../../sandbox/guest/template/lexer.ts';

const SOURCES = fileURLToPath(new URL('../../../../../sandbox/guest/template', import.meta.url));
const STEP = 97;

suite('scanText', () => {
  for (const file of globSync('**/*.ts', { cwd: SOURCES })) {
    const source = readFileSync(`${SOURCES}/${file}`, 'utf8');

    test(`sees code in ${file} where a comment may stand`, () => {
      const compiled = minified(source);
      for (const position of gapsOf(source)) {
        if (!isCode(source.slice(0, position))) continue;
        assert.equal(
          minified(`${source.slice(0, position)}/*@*/${source.slice(position)}`),
          compiled,
          `at ${position}`,
        );
      }
    });
  }
});

/** Some of the white space of a text: where a tag could stand. */
function gapsOf(source: string): number[] {
  return [...source.matchAll(/\s+/g)].filter((_, index) => index % STEP === 0).map(({ index }) => index);
}

function isCode(before: string): boolean {
  const place = scanText(before, BEGINNING, {
    language: 'ts',
    onKeys: () => {},
    onFault: (code, offset, reason) => assert.fail(`${code} at ${offset}: ${reason}`),
  });
  return !('inside' in place);
}

function minified(source: string): string {
  return transformSync(source, { loader: 'ts', minify: true, legalComments: 'none' }).code;
}
