import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { failureOf, valueOf } from '../rendering.ts';

const CONTEXT = { list: ['a', 2, true], mixed: [null], long: 'x'.repeat(100) };

suite('TEXT_HELPERS', () => {
  const VALUES: [expression: string, value: string][] = [
    ['text "ROI for " 3 " " true "."', 'ROI for 3 true.'],
    ['upper "straße"', 'STRASSE'],
    ['lower "ÀB"', 'àb'],
    ['trim " a b\n"', 'a b'],
    ['title "the big état"', 'The Big État'],
    ['join list ", "', 'a, 2, true'],
    ['slug "Crème Brûlée & Co."', 'creme-brulee-co'],
    ['tool_name "ROI" "Acme, Inc."', 'roi_acme_inc'],
    ['tool_name "3 plans"', 'tool_3_plans'],
    ['tool_name long', 'x'.repeat(64)],
    ['text (upper (lower "Ab")) "c"', 'ABc'],
  ];
  for (const [expression, value] of VALUES) {
    test(`${expression} is ${JSON.stringify(value)}`, () => assert.equal(valueOf(expression, CONTEXT), value));
  }

  for (const expression of [
    'text null',
    'text list',
    'upper 1',
    'join "a" ","',
    'join mixed ","',
    'slug "中文"',
    'tool_name "–"',
  ]) {
    test(`${expression} fails`, () => {
      const { code, data } = failureOf(() => valueOf(expression, CONTEXT));
      assert.deepEqual(
        [code, data?.['helper'], data?.['line']],
        ['TEMPLATE_HELPER_FAILED', expression.split(' ')[0], 1],
      );
    });
  }
});
