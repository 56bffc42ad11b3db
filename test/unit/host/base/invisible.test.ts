import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { showInvisible } from '#host/base';

describe('showInvisible', () => {
  it('writes out whatever does not show', () => {
    const text = '\u001b[2J\n\u202e\u200b\u00ad\u{e0041}\u{e0100}\u2028\ufeff\u3164\ud800';
    assert.match(showInvisible(text), /^[ -~]+$/);
    assert.equal(showInvisible('a\u{e0041}b\nc'), 'a\\u{e0041}b\\u{a}c');
  });

  it('leaves what shows, and what emoji and scripts are written with', () => {
    const text = 'é 日本 👩🏽‍🚀 ❤️ שלום می\u200cخواهم';
    assert.equal(showInvisible(text), text);
  });
});
