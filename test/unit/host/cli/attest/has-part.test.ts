import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { hasPart } from '../../../../../host/cli/attest/has-part.ts';

const VALUE = { a: 1, list: [{ name: 'x', size: 2 }, { name: 'y' }], nothing: null, text: 'some text' };

const PARTS = [
  { part: {}, has: true },
  { part: { a: 1, nothing: null }, has: true },
  { part: { list: [{ name: 'y' }] }, has: true },
  { part: { list: [{ name: 'y' }, { size: 2 }] }, has: true },
  { part: { list: [] }, has: true },
  { part: { a: 2 }, has: false },
  { part: { absent: null }, has: false },
  { part: { list: [{ name: 'y', size: 2 }] }, has: false },
  { part: { list: {} }, has: false },
  { part: { text: 'some' }, has: false },
  { part: { a: { b: 1 } }, has: false },
  { part: [], has: false },
  { part: { toString: {} }, has: false },
] as const;

describe('hasPart', () => {
  for (const { part, has } of PARTS) {
    it(`${has ? 'finds' : 'does not find'} ${JSON.stringify(part)}`, () => {
      assert.equal(hasPart(VALUE, part), has);
    });
  }
});
