import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Json } from '#sandbox';
import { failureOf, valueOf } from '../rendering.ts';

const CONTEXT = JSON.parse(
  '{"o": {"x": 1, "y": 2}, "p": {"__proto__": 3}, "list": [1, 2], "none": [], "key": "y"}',
) as Json;

suite('CONTAINER_HELPERS', () => {
  const VALUES: [expression: string, json: string][] = [
    ['length "a😀"', '2'],
    ['length list', '2'],
    ['length o', '2'],
    ['first list', '1'],
    ['last list', '2'],
    ['lookup o key', '2'],
    ['lookup list 1', '2'],
    ['lookup list "0"', '1'],
    ['lookup p "__proto__"', '3'],
    ['default (lookup list -1) "none"', '"none"'],
    ['default (lookup gone "x") "none"', '"none"'],
    ['default (first none) "none"', '"none"'],
    ['object a=1 b=(array key 2) __proto__=3', '{"a":1,"b":["y",2],"__proto__":3}'],
    ['array 1 (object a=1) null', '[1,{"a":1},null]'],
    ['array (object)', '[{}]'],
    ['merge o (object y=3) p', '{"x":1,"y":3,"__proto__":3}'],
    ['pick o "y"', '{"y":2}'],
    ['keys o', '["x","y"]'],
    ['values o', '[1,2]'],
  ];
  for (const [expression, json] of VALUES) {
    test(`${expression} is ${json}`, () => assert.equal(JSON.stringify(valueOf(expression, CONTEXT)), json));
  }

  test('other types fail', () => {
    for (const expression of ['length 1', 'first o', 'keys list', 'merge o list', 'pick list "x"', 'lookup o list']) {
      assert.equal(failureOf(() => valueOf(expression, CONTEXT)).code, 'TEMPLATE_HELPER_FAILED', expression);
    }
  });

  test('entries that are not there are missing', () => {
    for (const expression of ['pick o "z"', 'lookup o "z"', 'lookup o "toString"', 'first none', 'pick o "toString"']) {
      assert.equal(failureOf(() => valueOf(expression, CONTEXT)).code, 'TEMPLATE_VALUE_MISSING', expression);
    }
  });
});
