import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { jsonText } from '../../../../host/making/json-text.ts';

suite('jsonText', () => {
  test('writes plain data, lone surrogates escaped', () => {
    assert.equal(jsonText({ a: [1, '\ud800'] }), '{"a":[1,"\\ud800"]}');
  });

  test('is undefined for what JSON cannot say', () => {
    const circular: unknown[] = [];
    circular.push(circular);
    for (const value of [undefined, 1n, Symbol('s'), () => 1, circular]) assert.equal(jsonText(value), undefined);
  });
});
