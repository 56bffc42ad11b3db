import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { redactJson, redactValue } from '../../../../host/ledger/redact.ts';

describe('redactValue', () => {
  it('keeps names, nesting and lengths, and no value', () => {
    assert.deepEqual(redactValue({ name: 'Ada', age: 36, is: true, none: null, list: ['a', 1, [{ deep: '🧤' }]] }), {
      name: '<string 3>',
      age: '<number>',
      is: '<boolean>',
      none: null,
      list: ['<string 1>', '<number>', [{ deep: '<string 2>' }]],
    });
  });

  it('keeps a key that names the prototype as the key it is', () => {
    const redacted = redactJson('{"__proto__":{"a":"secret"}}');
    assert.equal(redacted, '{"__proto__":{"a":"<string 6>"}}');
  });
});

describe('redactJson', () => {
  it('tells the length of what is no JSON, or nests too deep', () => {
    assert.equal(redactJson('no JSON'), '"<string 7>"');
    const deep = '['.repeat(30_000) + ']'.repeat(30_000);
    assert.equal(redactJson(deep), '"<string 60000>"');
  });

  it('tells the length alone of what is larger than a record would keep', () => {
    const large = JSON.stringify(Array.from({ length: 40_000 }, () => 1));
    assert.equal(redactJson(large), `"<string ${large.length}>"`);
  });
});
