import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { compareLines } from '#host/registry';

suite('compareLines', () => {
  test('measures how far each line reads as its template line does', () => {
    const template = 'const A = {{a}};\n{{#if b}}\n  run();\n{{/if}}\nend';
    const rendered = 'const A = 5;\n  run();\nend';
    assert.deepEqual(compareLines(rendered, template, [1, 3, 5]), { lines: [1, 3, 5], columns: [10, 8, 3] });
  });

  test('takes lines that came from nowhere as not alike', () => {
    assert.deepEqual(compareLines('a\nb', '', [7]), { lines: [7], columns: [0] });
  });
});
