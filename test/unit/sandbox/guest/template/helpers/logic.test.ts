import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { failureOf, valueOf } from '../rendering.ts';

const CONTEXT = {
  a: { x: 1, y: [2] },
  b: { y: [2], x: 1 },
  c: { x: 1 },
  list: ['p', { x: 1 }],
  none: [],
  nothing: null,
};

suite('LOGIC_HELPERS', () => {
  const VALUES: [expression: string, value: unknown][] = [
    ['default nothing 1', 1],
    ['default gone.x (default nothing null)', null],
    ['default 0 1', 0],
    ['default "" "x"', ''],
    ['choose true 1 2', 1],
    ['choose none 1 2', 2],
    ['choose true 1 gone', 1],
    ['eq a b', true],
    ['eq a c', false],
    ['eq 1 "1"', false],
    ['ne a c', true],
    ['lt 1 2', true],
    ['le 2 2', true],
    ['gt "b" "a"', true],
    ['ge 1 2', false],
    ['and 1 "x" a', true],
    ['and 1 gone', false],
    ['or none 0 ""', false],
    ['or gone 1', true],
    ['not none', true],
    ['includes list "p"', true],
    ['includes list c', true],
    ['includes list "q"', false],
  ];
  for (const [expression, value] of VALUES) {
    test(`${expression} is ${JSON.stringify(value)}`, () => assert.deepEqual(valueOf(expression, CONTEXT), value));
  }

  test('order and membership fail on other types', () => {
    for (const expression of ['lt 1 "2"', 'lt a b', 'gt null 1', 'includes "abc" "a"']) {
      assert.equal(failureOf(() => valueOf(expression, CONTEXT)).code, 'TEMPLATE_HELPER_FAILED', expression);
    }
  });

  test('missing values fail where they are not asked for', () => {
    for (const expression of ['eq gone 1', 'default gone gone', 'choose false 1 gone', 'includes gone 1']) {
      assert.equal(failureOf(() => valueOf(expression, CONTEXT)).code, 'TEMPLATE_VALUE_MISSING', expression);
    }
  });
});
