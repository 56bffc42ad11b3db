import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';

import { checkParameters } from '../../../../host/store/parameters.ts';

describe('checkParameters', () => {
  it('passes what a column can hold', () => {
    const parameters = ['a', 1, 2n, null, true, false, new Uint8Array([1])];
    assert.deepEqual(checkParameters(parameters), parameters);
  });

  for (const value of [{ a: 1 }, [1], undefined, Symbol('a'), () => 1, new Date(0)]) {
    it(`refuses ${typeof value} ${Object.prototype.toString.call(value)}`, () => {
      assert.throws(() => checkParameters(['a', value]), { code: 'INTERNAL', data: { index: 1 } });
    });
  }

  it('is needed: node:sqlite takes a leading object for named parameters and leaves the rest unbound', () => {
    using database = new DatabaseSync(':memory:');
    assert.deepEqual({ ...database.prepare('select ? as a').get({}) }, { a: null });
  });
});
