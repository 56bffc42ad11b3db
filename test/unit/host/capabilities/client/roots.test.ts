import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { readRoots } from '../../../../../host/capabilities/client/roots.ts';

suite('readRoots', () => {
  test('asks for nothing but the list', () => {
    assert.deepEqual(readRoots({ key: 'k' }, 'k').request, { method: 'roots/list', params: {} });
    assert.throws(() => readRoots({ uri: 'file:///' }, 'k'), { code: 'ASK_INVALID' });
  });

  test('rebuilds what the client told', () => {
    const { readAnswer } = readRoots({}, 'k');
    const roots = [{ uri: 'file:///a', name: 'A', _meta: {} }, { uri: 'file:///b' }];
    assert.deepEqual(readAnswer({ roots, more: 1 }), [{ uri: 'file:///a', name: 'A' }, { uri: 'file:///b' }]);
    assert.deepEqual(readAnswer({ roots: [] }), []);
  });

  test('takes what does not fit as no answer', () => {
    const { readAnswer } = readRoots({}, 'k');
    const many = Array.from({ length: 101 }, () => ({ uri: 'file:///a' }));
    for (const said of [null, {}, { roots: {} }, { roots: [{ uri: 'no uri' }] }, { roots: [null] }, { roots: many }]) {
      assert.equal(readAnswer(said), undefined);
    }
  });
});
