import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { visibleText } from '../../../sandbox/visible-text.ts';

describe('visibleText', () => {
  it('leaves what people write: lines, tabs, accents, scripts with joiners, emoji', () => {
    const text = 'a\tb\nc é ß 你好 السلام می‌خواهم क्‍ष 👨‍👩‍👧 ❤️ 🇨🇭';
    assert.equal(visibleText(text), text);
  });

  const hidden: Readonly<Record<string, readonly [string, string]>> = {
    'an escape sequence of a terminal': ['\x1b[2J', '\\u{1b}[2J'],
    'a carriage return': ['paid\rfree', 'paid\\u{d}free'],
    'what turns the direction of reading': ['a\u202eb\u2066c', 'a\\u{202e}b\\u{2066}c'],
    'spaces of no width': ['a\u200bb\ufeff', 'a\\u{200b}b\\u{feff}'],
    'tags that spell hidden words': ['\u{e0068}\u{e0069}', '\\u{e0068}\\u{e0069}'],
    'variation selectors that carry bytes': ['x\u{e0101}', 'x\\u{e0101}'],
    'characters that join or control others': [
      'a\u034fb\u180f\ufff0\u{1bca0}',
      'a\\u{34f}b\\u{180f}\\u{fff0}\\u{1bca0}',
    ],
    'line separators': ['a\u2028b', 'a\\u{2028}b'],
    'half a surrogate pair': ['a\ud800b', 'a\\u{d800}b'],
  };
  for (const [what, [text, shown]] of Object.entries(hidden)) {
    it(`writes out ${what}`, () => {
      assert.equal(visibleText(text), shown);
      assert.equal(visibleText(shown), shown);
    });
  }

  it('takes time in proportion to the text', () => {
    const before = performance.now();
    visibleText('\u202e'.repeat(1_000_000));
    assert.ok(performance.now() - before < 2000);
  });
});
