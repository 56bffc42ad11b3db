import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { decimalOf, fixedText, numberOf, roundDecimal } from '../../../../../sandbox/guest/template/decimal.ts';

suite('decimalOf', () => {
  test('keeps every number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        assert.equal(numberOf(decimalOf(value)), value + 0);
      }),
    );
  });
});

suite('roundDecimal', () => {
  test('rounds half away from zero, as written and not as stored', () => {
    const rounded = (value: number, places: number) => numberOf(roundDecimal(decimalOf(value), places));
    assert.deepEqual(
      [1.005, -1.005, 2.5, -2.5, 0.5, 1.45, 8.345, 1e-7, 1e21].map((value, index) =>
        rounded(value, [2, 2, 0, 0, 0, 1, 2, 2, 2][index] ?? 0),
      ),
      [1.01, -1.01, 3, -3, 1, 1.5, 8.35, 0, 1e21],
    );
    assert.ok(Object.is(rounded(-0.4, 0), 0));
  });
});

suite('fixedText', () => {
  test('writes exactly the places asked for', () => {
    const fixed = (value: number, places: number) => fixedText(decimalOf(value), places);
    assert.deepEqual(
      [fixed(0, 2), fixed(-0.005, 2), fixed(12, 0), fixed(1e21, 1), fixed(0.05, 1), fixed(-0.4, 0)],
      ['0.00', '-0.01', '12', '1000000000000000000000.0', '0.1', '0'],
    );
  });
});
