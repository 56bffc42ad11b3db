import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';
import { findDuplicate, isEqualJson } from '../../../../../sandbox/guest/schema/json-equality.ts';

const parse = (text: string): unknown => JSON.parse(text);

describe('isEqualJson', () => {
  it('compares own keys, in any order', () => {
    assert.equal(
      isEqualJson(parse('{"a": [1, {"b": null}], "c": ""}'), parse('{"c": "", "a": [1, {"b": null}]}')),
      true,
    );
    assert.equal(
      isEqualJson(parse('{"constructor": 1, "valueOf": 2}'), parse('{"valueOf": 2, "constructor": 1}')),
      true,
    );
    assert.equal(isEqualJson(parse('{"toString": 1}'), parse('{"a": 1}')), false);
    assert.equal(isEqualJson(parse('{"__proto__": 1}'), parse('{"__proto__": 2}')), false);
  });

  it('tells lists, objects, null and scalars apart', () => {
    const values = ['[]', '{}', 'null', '0', '""', 'false', '[[]]', '[null]', '["0"]', '{"0": null}'].map(parse);
    for (const [i, a] of values.entries())
      for (const [j, b] of values.entries()) assert.equal(isEqualJson(a, b), i === j);
  });
});

describe('findDuplicate', () => {
  it('finds the first two equal items', () => {
    assert.deepEqual(findDuplicate([1, 'a', { a: 1, b: 2 }, { b: 2, a: 1 }]), [2, 3]);
    assert.deepEqual(findDuplicate(['__proto__', '__proto__']), [0, 1]);
    assert.equal(findDuplicate([1, '1', '"1', true, 'true', null, 'null', '{}', {}, [], '[]']), undefined);
  });

  it('agrees with comparing all pairs', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 8 }), (items) => {
        const parsed = parse(JSON.stringify(items)) as unknown[];
        const repeated = parsed.some((item, index) => parsed.slice(0, index).some((other) => isEqualJson(item, other)));
        assert.equal(findDuplicate(parsed) !== undefined, repeated);
      }),
    );
  });
});
