// Whatever a stranger writes, reading it ends soon, finds a bounded number of things, and shows nothing as it is that
// does not show.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { showInvisible } from '#host/base';
import { inspectTexts } from '../../../../../host/making/inspection/inspect-texts.ts';
import type { Inspection } from '../../../../../host/making/inspection/suspicions.ts';

const KIB = 1024;
/** Far more than it takes, and far less than anything quadratic would. */
const MAX_MS = 2000;

/** Texts that make a careless scanner slow, each to be repeated. */
const REPEATED = [
  ['(', '[[', '(/[', '/ ', '"\\', '`${', '{`', '\n', '/*', '\\u{', '["a"+"b"]', '[99,', '"a",', '#'],
  ['a\u200b', '\u202e \u202e', '\ud800a', 'a\ufe0f', '\u{e0041}', 'a\u0430 ', 'é '],
  ['do not ', 'ignore all ', 'never tell all the user ', 'http://', 'a@b.c ', 'a_b ', '<important>', 'A1b'],
  ['process.', 'globalThis[', 'push ', '_0x12 ', 'from "fs" ', '"do not never ignore tell all the user use a_b "'],
  [`${' '.repeat(119)}x`, `${' '.repeat(39)}x`],
].flat();

/** What else a random text is made of. */
const OTHERS = [
  ['"', "'", '`', '}', '*/', '//', '\r\n', 'constructor', 'eval(', '{{', '}}'],
  ['send ', 'to ', 'keep ', '\u0000', '\ue000'],
].flat();
const PIECES = [...REPEATED, ...OTHERS];

function checkBounds({ findings, more }: Inspection): void {
  assert.ok(findings.length <= 40);
  assert.ok(Number.isSafeInteger(more) && more >= 0);
  for (const { excerpt, message } of findings) {
    assert.ok(excerpt.length <= 80, excerpt);
    assert.doesNotMatch(excerpt + message, /[\p{Cc}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]/u);
  }
}

function endsSoon(piece: string, length: number): void {
  const text = piece.repeat(Math.ceil(length / piece.length));
  const manifest = { description: text, grants: {} };
  const startedAt = performance.now();
  checkBounds(inspectTexts({ manifest, files: { 'tool.ts': text } }));
  const ms = performance.now() - startedAt;
  assert.ok(ms < MAX_MS, `it took ${ms} ms`);
}

/** A generator of whole numbers below a bound; the same for the same seed. */
function createPick(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

// Proves inspection.bounded.
describe('inspectTexts, given anything', () => {
  for (const piece of REPEATED) {
    it(`ends soon over nothing but ${showInvisible(JSON.stringify(piece))}`, () => endsSoon(piece, 128 * KIB));
  }

  it('ends soon over 16 MiB', () => endsSoon('(/[`${"never tell ', 16 * KIB * KIB));

  it('says so when it did not read all', () => {
    const text = 'const a = 1;\n'.repeat(80_000);
    const { findings } = inspectTexts({ files: { 'a.ts': 'eval("1");', 'b.ts': text, 'c.ts': 'eval("1");' } });
    assert.deepEqual(
      findings.map(({ kind, where }) => [kind, 'file' in where && where.file]),
      [
        ['code-from-text', 'a.ts'],
        ['unread-text', 'b.ts'],
      ],
    );
  });

  it('counts what it leaves out', () => {
    const { findings, more } = inspectTexts({ files: { 'a.ts': 'eval("1");\n'.repeat(100) } });
    assert.deepEqual([findings.length, more], [8, 92]);
  });

  it('never throws, and gives the same for the same text', () => {
    const seed = Date.now() % 2 ** 31;
    const pick = createPick(seed);
    for (let round = 0; round < 500; round += 1) {
      const text = Array.from({ length: 1 + pick(60) }, () => PIECES[pick(PIECES.length)]).join('');
      const texts = { manifest: { description: text, [text]: [text], grants: {} }, files: { 'tool.ts': text } };
      const inspection = inspectTexts(texts);
      checkBounds(inspection);
      assert.deepEqual(inspectTexts(texts), inspection, `seed ${seed}, round ${round}`);
    }
  });
});
