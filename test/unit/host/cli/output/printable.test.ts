import assert from 'node:assert/strict';
import { styleText } from 'node:util';
import { describe, it } from 'node:test';
import { printable } from '../../../../../host/cli/output/printable.ts';

describe('printable', () => {
  it('writes out what a terminal would obey', () => {
    for (const text of [
      '\u001b]0;title\u0007',
      '\u001b[2J',
      '\u009b2J',
      '\rover',
      '\u001b[8m',
      '\u202etxt',
      '\u007f\0',
    ]) {
      const shown = printable(`a ${text}`, { colours: true });
      assert.doesNotMatch(shown, /[\p{Cc}\p{Bidi_Control}]/u);
      assert.deepEqual(JSON.parse(`"${shown}"`), `a ${text}`);
    }
  });

  it('writes out what hides a text from people and not from models', () => {
    for (const text of ['\u{e0069}\u{e0067}', 'a\u200bb', '\ufeff', '\u00ad', '\u{e0100}', '\u3164', '\ud800']) {
      const shown = printable(`a ${text}`, { colours: true });
      assert.match(shown, /^[ -~]+$/);
      assert.deepEqual(JSON.parse(`"${shown}"`), `a ${text}`);
    }
  });

  it('leaves line breaks, tabs, and every other character', () => {
    const text = '{\n\t"é": "😀 👩‍🚀 ✔ 日本"\n}';
    assert.equal(printable(text, { colours: false }), text);
  });

  it('leaves the styles of our own, where there are colours', () => {
    const text =
      styleText(['bold', 'red'], 'a', { validateStream: false }) + styleText('dim', 'b', { validateStream: false });
    assert.equal(printable(text, { colours: true }), text);
    assert.doesNotMatch(printable(text, { colours: false }), /\p{Cc}/u);
  });
});
