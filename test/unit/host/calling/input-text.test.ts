import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { inputText } from '../../../../host/calling/input-text.ts';

suite('inputText', () => {
  test('takes absent arguments as none, and null as null', () => {
    assert.equal(inputText(undefined), '{}');
    assert.equal(inputText(null), 'null');
  });

  test('keeps lone surrogates and own prototypes', () => {
    const input: unknown = JSON.parse('{"__proto__":{"a":"\\ud800"}}');
    assert.equal(inputText(input), '{"__proto__":{"a":"\\ud800"}}');
  });

  test('refuses what JSON cannot say', () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    for (const input of [1n, { a: 1n }, circular, () => 1, Symbol('s')]) {
      assert.throws(() => inputText(input), { code: 'REQUEST_INVALID' });
    }
  });

  test('refuses numbers that JSON would write as null', () => {
    for (const text of ['{"a":[1e400]}', '{"a":null,"b":{"c":-1e400}}', '1e400']) {
      assert.throws(() => inputText(JSON.parse(text)), { code: 'REQUEST_INVALID' }, text);
    }
    assert.equal(inputText(JSON.parse('{"a":[null,1e308]}')), '{"a":[null,1e+308]}');
  });

  test('refuses more than 16 Mi characters', () => {
    const limit = 16 * 1024 * 1024;
    assert.equal(inputText('x'.repeat(limit - 2)).length, limit);
    const data = { characters: limit + 1, limit };
    assert.throws(() => inputText('x'.repeat(limit - 1)), { code: 'REQUEST_TOO_LARGE', data });
  });
});
