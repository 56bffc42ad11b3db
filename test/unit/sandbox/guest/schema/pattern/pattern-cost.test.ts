import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';
import { judgePattern } from '../../../../../../sandbox/guest/schema/pattern/pattern-cost.ts';
import { countSteps } from './backtracker.ts';

const LINEAR = {
  'an email': '^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\\.[a-zA-Z]{2,}$',
  'an email, as zod writes it':
    "^(?!\\.)(?!.*\\.\\.)([A-Za-z0-9_'+\\-\\.]*)[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9\\-]*\\.)+[A-Za-z]{2,}$",
  'a date': '^\\d{4}-\\d{2}-\\d{2}$',
  'a moment': '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})$',
  'a slug': '^[a-z0-9]+(?:-[a-z0-9]+)*$',
  'a UUID': '^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
  'a semantic version':
    '^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?$',
  'an IPv4 address': '^(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)$',
  'a phone number': '^\\+?[1-9]\\d{1,14}$',
  'a URL': '^https?://[^\\s/$.?#].[^\\s]*$',
  'a colour': '^#?([a-f0-9]{6}|[a-f0-9]{3})$',
  'a number with separators': '^-?\\d{1,3}(,\\d{3})*(\\.\\d+)?$',
  'a password rule': '^(?=.*[a-z])(?=.*\\d).{8,}$',
  base64: '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
  'letters of any script': '^\\p{Lu}[\\p{L} ]*$',
  'a digest': '^[a-f0-9]{128}$',
  'a bounded text': '^[\\s\\S]{1,2000}$',
  'an unanchored word': '[a-z]+',
};

const QUADRATIC = {
  'the shortest email': '^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$',
  'white space at the end': '\\s+$',
  'an unanchored number and unit': '\\d+px',
  'two overlapping repeats': '^[a-z]*[a-f]*$',
};

const UNSAFE = {
  'equal alternatives repeated': '^(a|a)*$',
  'a repeat of a repeat': '(a+)+$',
  'twenty overlapping repeats': '(.*a){20}',
  'three overlapping repeats': '^(.*,){3}x',
  'words with optional spaces': '^(\\w+\\s?)*$',
  'overlapping alternatives': '^(ab|a|b)*$',
  'a repeat of nothing': '^(a*)*$',
  'optional parts before the same parts': '^(a?){30}a{30}$',
  'alternatives written out': `^${'(a|a)'.repeat(60)}$`,
  'many alternatives written out': `^${`(${Array(27).fill('a').join('|')})`.repeat(9)}$`,
  'nothing in many ways': '(?:|){30}a',
  'a lookahead repeated': '^(?:x|(?=x*y)x)*$',
  'a backreference': '^(a+)\\1$',
  'a repeat looking back': '(?<=a+)b',
  'a flag inside': '^(?i:a)$',
  'rounds without end': '^((((a{9}){9}){9}){9})$',
};

describe('judgePattern', () => {
  for (const [name, pattern] of Object.entries(LINEAR)) {
    it(`takes ${name} for linear`, () => assert.equal(judgePattern(pattern).speed, 'linear'));
  }
  for (const [name, pattern] of Object.entries(QUADRATIC)) {
    it(`takes ${name} for quadratic`, () => assert.equal(judgePattern(pattern).speed, 'quadratic'));
  }
  for (const [name, pattern] of Object.entries(UNSAFE)) {
    it(`takes ${name} for unsafe`, () => assert.equal(judgePattern(pattern).speed, 'unsafe'));
  }

  it('reads every way to write a character', () => {
    for (const a of [
      'a',
      '\\x61',
      '\\u0061',
      '\\u{61}',
      '[a]',
      '[^\\0-`b-\\u{10FFFF}]',
      '[\\w--9A-Z_b-z]'.replace('--9', ''),
    ]) {
      if (!new RegExp(`^${a}$`, 'u').test('a')) continue;
      assert.equal(judgePattern(`^(?:a|${a})*$`).speed, 'unsafe', a);
    }
    for (const other of [
      'b',
      '\\d',
      '\\W',
      '\\s',
      '[^a]',
      '\\n',
      '\\cA',
      '\\.',
      '\\u{1F600}',
      '\\uD83D\\uDE00',
      '[\\b]',
    ]) {
      assert.equal(judgePattern(`^(?:a|${other})*$`).speed, 'linear', other);
    }
  });

  it('never calls linear or quadratic what takes a backtracking engine longer', () => {
    fc.assert(
      fc.property(
        patterns(2),
        fc.stringMatching(/^[abc]{0,2}$/),
        fc.stringMatching(/^[abc]{1,3}$/),
        (pattern, before, loop) => {
          const { speed } = judgePattern(pattern);
          if (speed === 'unsafe') return;
          const steps = (rounds: number): number => countSteps(pattern, `${before}${loop.repeat(rounds)}!`);
          // Doubling the text doubles or quadruples the steps; a cube would make eight times as many.
          const growth = steps(48) / steps(24);
          assert.ok(growth < (speed === 'linear' ? 2.9 : 5.6), `${speed} ${pattern} grew ${growth}`);
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Small patterns full of overlaps, anchored or not. */
function patterns(depth: number): fc.Arbitrary<string> {
  const anchored = fc.tuple(fc.constantFrom('^', ''), part(depth), fc.constantFrom('$', '', 'c'));
  return anchored.map(([start, body, end]) => `${start}(?:${body})${end}`);
}

function part(depth: number): fc.Arbitrary<string> {
  const character = fc.constantFrom('a', 'b', '[ab]', '.', '[^a]');
  const atom =
    depth === 0
      ? character
      : fc.oneof(
          character,
          part(depth - 1).map((body) => `(?:${body})`),
        );
  const quantified = fc.tuple(atom, fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,3}', '*?'));
  const sequence = fc.array(
    quantified.map((pair) => pair.join('')),
    { minLength: 1, maxLength: 3 },
  );
  return fc
    .array(
      sequence.map((items) => items.join('')),
      { minLength: 1, maxLength: 2 },
    )
    .map((options) => options.join('|'));
}
