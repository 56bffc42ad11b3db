import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { failureOf, valueOf } from '../rendering.ts';

const CONTEXT = { big: 1e308, small: 5e-324 };

suite('NUMBER_HELPERS', () => {
  const VALUES: [expression: string, value: number | string][] = [
    ['round 1.005 2', 1.01],
    ['round -2.5', -3],
    ['round 1234.5 0', 1235],
    ['add 0.1 0.2', 0.3],
    ['subtract 0.3 0.1', 0.2],
    ['multiply 1.1 1.1', 1.21],
    ['divide 0.3 0.1', 3],
    ['divide 1 3', 1 / 3],
    ['min 3 -1 2', -1],
    ['max 3 -1 2', 3],
    ['multiply small small', 0],
    ['currency 1234.5 "USD"', '$1,234.50'],
    ['currency 1.005 "USD"', '$1.01'],
    ['currency -1234.5 "EUR"', '-€1,234.50'],
    ['currency 1234.5 "JPY"', '¥1,235'],
    ['percent 0.125 1', '12.5%'],
    ['percent 0.125', '13%'],
    ['percent -0.00125 2', '-0.13%'],
    ['percent 0.5 1', '50.0%'],
  ];
  for (const [expression, value] of VALUES) {
    test(`${expression} is ${value}`, () => assert.equal(valueOf(expression, CONTEXT), value));
  }

  const FAILING = [
    'round "1" 2',
    'round 1 0.5',
    'round 1 21',
    'divide 1 0',
    'multiply big 10',
    'add big big',
    'currency 1 "usd"',
    'currency 1 "DOLLAR"',
    'min "a"',
  ];
  for (const expression of FAILING) {
    test(`${expression} fails`, () => {
      assert.equal(failureOf(() => valueOf(expression, CONTEXT)).code, 'TEMPLATE_HELPER_FAILED');
    });
  }
});
