import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tokenize } from '../../../../../host/making/inspection/tokenize.ts';

/** The tokens of a source, with a blank between them. */
function textsOf(source: string): string {
  const tokens = tokenize(source);
  return Array.from({ length: tokens.length }, (_, index) => tokens.text(index)).join(' ');
}

describe('tokenize', () => {
  it('leaves comments and blanks out', () => {
    assert.equal(textsOf('a /* b */ . // c\n d'), 'a . d');
    assert.equal(textsOf('a /* never closed'), 'a');
    for (const lineEnd of ['\n', '\r', '\r\n']) assert.equal(textsOf(`a // b${lineEnd}c`), 'a c');
  });

  it('takes strings whole, escapes and other quotes included', () => {
    assert.equal(textsOf(String.raw`f("a\"'", '\\')`), String.raw`f ( "a\"'" , '\\' )`);
    assert.equal(textsOf('"open\nb'), '"open b');
    for (const lineEnd of ['\n', '\r\n']) assert.equal(textsOf(`'a\\${lineEnd}b'+c`), `'a\\${lineEnd}b' + c`);
  });

  it('parts a template at its slots, nested ones too', () => {
    assert.equal(textsOf('`a ${b+`c ${{d:1}.d}`} e`+f'), '`a ${ b + `c ${ { d : 1 } . d }` } e` + f');
  });

  it('tells a pattern from a division', () => {
    assert.equal(textsOf('a = /["/]\\/x/g;b=c/d/e'), 'a = /["/]\\/x/ g ; b = c / d / e');
    assert.equal(textsOf('return /"/'), 'return /"/');
  });

  it('takes a pattern that is never closed to the end of its line, and no further', () => {
    assert.equal(textsOf('a = /[b\nc/d'), 'a = /[b c / d');
  });

  it('tells a name with escapes from others', () => {
    const tokens = tokenize('ev\\u{61}l(\\u0065)');
    assert.deepEqual([tokens.length, tokens.is(0, 'escapedName'), tokens.is(2, 'escapedName')], [4, true, true]);
    assert.equal(tokens.text(0), 'ev\\u{61}l');
  });
});
