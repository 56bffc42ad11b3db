import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { findJsonFault } from '../../../../../sandbox/guest/template/json-fault.ts';

suite('findJsonFault', () => {
  const FAULTS: [text: string, offset: number][] = [
    ['', 0],
    ['{"a": }', 6],
    ['{"a": 1 "b": 2}', 8],
    ['{"a": 1,}', 8],
    ['[1,]', 3],
    ['[1}', 2],
    ['{"a" 1}', 5],
    ['{1: 2}', 1],
    ['[01]', 2],
    ['"a\nb"', 0],
    ['[1, 2', 5],
    ['{} 1', 3],
  ];
  for (const [text, offset] of FAULTS) {
    test(`finds the fault of ${JSON.stringify(text)}`, () => assert.equal(findJsonFault(text), offset));
  }

  test('finds the end of what is JSON', () => {
    fc.assert(fc.property(fc.json(), (text) => assert.equal(findJsonFault(text), text.length)));
  });
});
