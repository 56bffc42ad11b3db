import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '#sandbox';
import { writeLiteral } from '../../../../../sandbox/guest/template/literal.ts';
import type { Language } from '../../../../../sandbox/guest/template/lexer.ts';
import { evaluate } from './rendering.ts';

const literalOf = (value: unknown, language: Language, role: 'value' | 'key' = 'value'): string => {
  const pieces: string[] = [];
  writeLiteral(value, language, role, {
    write: (piece) => pieces.push(piece),
    refuse: (reason) => assert.fail(`refused: ${reason}`),
  });
  return pieces.join('');
};

// Keys and texts that have meant something to some parser.
const LOADED = fc.constantFrom(
  '__proto__',
  'constructor',
  '"};process.exit();//',
  '${process.exit()}',
  '`',
  '\\',
  "'",
  '*/',
  '//',
  '</script><!--',
  '-->',
  '{{raw}}',
  '\u2028\u2029',
  '\u0000\u001b\r\n',
  '\ud800',
  '\udc00\ud800',
  '\u202e\u200b\ufeff',
  '\u0600\u{e0041}\u{1d173}',
  '😀',
);
const TEXT = fc.oneof(
  fc.string({ unit: 'binary' }),
  LOADED,
  fc.tuple(LOADED, LOADED).map((parts) => parts.join('')),
);
const { json: JSON_VALUE } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    TEXT,
    fc.array(tie('json'), { maxLength: 4 }),
    fc.array(fc.tuple(TEXT, tie('json')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries) as Json),
  ),
}));

// Proves template.one-literal.
suite('writeLiteral', () => {
  test('writes JSON that parses back equal', () => {
    fc.assert(fc.property(JSON_VALUE, (value) => assert.deepEqual(JSON.parse(literalOf(value, 'json')), value)));
  });

  test('writes TypeScript that evaluates equal', () => {
    fc.assert(fc.property(JSON_VALUE, (value) => assert.deepEqual(evaluate(literalOf(value, 'ts')), value)));
  });

  test('writes strings that can end or open nothing', () => {
    fc.assert(
      fc.property(TEXT, (text) => {
        const body = literalOf(text, 'ts').slice(1, -1);
        assert.doesNotMatch(body.replace(/\\u[\da-f]{4}/g, ''), /["'`$/\\<>*\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  test('puts negative numbers and objects in parentheses where they could join what is before', () => {
    assert.equal(literalOf(-5, 'ts'), '(-5)');
    assert.equal(literalOf(-0, 'ts'), '(-0)');
    assert.equal(literalOf({ a: [-1] }, 'ts'), '({"a":[-1]})');
    assert.equal(literalOf(-5, 'json'), '-5');
  });

  test('keeps __proto__ a key', () => {
    const value = JSON.parse('{"__proto__":{"admin":true}}') as Json;
    assert.equal(literalOf(value, 'ts'), '({["__proto__"]:{"admin":true}})');
    assert.equal(literalOf(value, 'json'), '{"__proto__":{"admin":true}}');
    assert.equal(literalOf('__proto__', 'ts', 'key'), '["__proto__"]');
  });

  test('cuts a long string between characters only', () => {
    const value = `a${'😀'.repeat(40_000)}`;
    assert.equal(literalOf(value, 'ts'), `"${value}"`);
  });

  test('refuses what JSON cannot say, and what nests too deep', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);
    for (const value of [NaN, Infinity, undefined, () => 1, 1n, Symbol('a'), [undefined], cycle, deep(65)]) {
      assert.throws(() => literalOf(value, 'ts'), /refused/);
    }
    assert.equal(literalOf(deep(64), 'json').length, 129);
  });
});
