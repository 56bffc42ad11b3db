import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Surface } from '#sandbox';
import { formatSurface, parseSurface } from '../../../../../host/cli/surface/surface-file.ts';

const SURFACE: Surface = new Map([
  ['Array.prototype[Symbol.iterator]', 'function'],
  ['RegExp["$ "]', 'accessor'],
  ['globalThis[[Prototype]]', 'object'],
]);

describe('parseSurface', () => {
  it('reads back what formatSurface wrote, whatever the line ends', () => {
    const text = formatSurface(SURFACE, 'node 26.10.0');
    assert.deepEqual(parseSurface(text, '--diff'), SURFACE);
    assert.deepEqual(parseSurface(text.replaceAll('\n', '\r\n'), '--diff'), SURFACE);
  });

  it('reads back the document of --json', () => {
    const document = JSON.stringify({ engine: 'node 26.10.0', names: Object.fromEntries(SURFACE) });
    assert.deepEqual(parseSurface(document, '--diff'), SURFACE);
  });

  it('passes over comments and empty lines', () => {
    assert.deepEqual(parseSurface('# why\n\nMath object\n', '--diff'), new Map([['Math', 'object']]));
  });

  for (const [title, text, data] of [
    ['nothing', '', { option: '--diff' }],
    ['nothing but comments', '# Math object\n', { option: '--diff' }],
    ['a line without a kind', 'Math object\nArray\n', { option: '--diff', line: 2 }],
    ['a kind there is not', 'Math planet\n', { option: '--diff', line: 1 }],
    ['a document that is no JSON', '{"names"', { option: '--diff' }],
    ['a document without names', '{"engine":"node"}', { option: '--diff' }],
    ['a document with a kind there is not', '{"names":{"Math":"planet"}}', { option: '--diff' }],
    ['an empty document', '{"names":{}}', { option: '--diff' }],
  ] as const) {
    it(`refuses ${title}`, () => {
      assert.throws(() => parseSurface(text, '--diff'), { code: 'REQUEST_INVALID', data });
    });
  }
});
