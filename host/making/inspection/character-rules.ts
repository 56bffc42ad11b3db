// Characters that make a text look other than it is, in source and in descriptions alike.

import { FINDING_KINDS, type FindingKind } from '#sandbox';
import { visible } from './excerpt.ts';
import { MAX_HITS, type Subject, type Suspicions } from './suspicions.ts';

/** What most texts have none of. */
const NOT_PLAIN = /[^\t\n\r -~]/;
/** Runs of whatever may be wrong. */
const SUSPECTS = /[[\p{Cc}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\ufff9-\ufffb]--[\t\n\r]]+/gv;
const TAG = /[\u{e0000}-\u{e007f}]/u;
const BIDI = /\p{Bidi_Control}/u;
const SELECTOR = /\p{Variation_Selector}/u;
const PRIVATE = /\p{Co}/u;
const CONTROL = /[\p{Cc}\p{Cs}]/u;

/** What a selector may follow: an emoji, its skin or its keycap, an ideograph, a symbol that has two looks. */
const HAS_VARIANTS = /[\p{Emoji}\p{Emoji_Modifier}\p{Script=Han}\p{So}\p{Sm}\p{Po}]/u;
/** What a joiner may follow: an emoji, or a letter of a script that joins. */
const JOINS =
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Mongolian}\p{Script=Syriac}]/u;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;
/** A flag of a region is a black flag and the region's name in tags. */
const BLACK_FLAG = '\u{1f3f4}';

/** Looks at every character of a text. */
export function inspectCharacters(subject: Subject, suspicions: Suspicions): void {
  const { text } = subject;
  if (!NOT_PLAIN.test(text)) return;
  let hits = 0;
  for (const { 0: run, index } of text.matchAll(SUSPECTS)) {
    const kind = kindOf(run, index, text);
    if (kind === undefined) continue;
    suspicions.add(kind, subject, index, kind === 'tag-character' ? `they spell "${spelledBy(run)}"` : undefined);
    // A note is no reason to stop before a warning.
    if (FINDING_KINDS[kind] === 'warning') hits += 1;
    if (hits === MAX_HITS) break;
  }
  inspectWords(subject, suspicions);
}

/** The gravest that a run holds; undefined when all of it is in its place. */
function kindOf(run: string, index: number, text: string): FindingKind | undefined {
  const before = characterBefore(text, index);
  if (TAG.test(run)) return before === BLACK_FLAG && run.length <= 16 ? undefined : 'tag-character';
  if (BIDI.test(run)) return isMarkOfDirection(run, index, text) ? undefined : 'bidi-control';
  if (SELECTOR.test(run)) return isVariant(run, before) ? undefined : 'variation-selectors';
  if (CONTROL.test(run)) return 'control-character';
  if (PRIVATE.test(run)) return 'private-use-character';
  if (run === '\ufeff' && index === 0) return undefined;
  if ((run === '\u200d' || run === '\u200c') && JOINS.test(before)) return undefined;
  return 'invisible-character';
}

function characterBefore(text: string, index: number): string {
  const units = text.slice(Math.max(0, index - 2), index);
  const [first = ''] = units;
  return first.length === 2 ? first : units.slice(-1);
}

/** Within text that runs from right to left, a mark that only says so is in its place. */
function isMarkOfDirection(run: string, index: number, text: string): boolean {
  const around = text.slice(Math.max(0, index - 8), index + run.length + 8);
  return /^[\u061c\u200e\u200f]$/.test(run) && RIGHT_TO_LEFT.test(around);
}

/** One selector behind what has variants, perhaps with the joiner of an emoji. */
function isVariant(run: string, before: string): boolean {
  return /^\p{Variation_Selector}\u200d?$/u.test(run) && HAS_VARIANTS.test(before);
}

function spelledBy(run: string): string {
  const letters = Array.from(run.slice(0, 120), (character) => {
    const letter = (character.codePointAt(0) ?? 0) - 0xe0000;
    return letter >= 0x20 && letter < 0x7f ? String.fromCodePoint(letter) : '';
  });
  return visible(letters.join(''), 60);
}

/** Letters of other scripts that pass for Latin ones: Cyrillic, Greek, Armenian, full-width and mathematical. */
const ANY_LOOK_ALIKE =
  /[\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bd\u03bf\u03c1\u0405\u0406\u0408\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u04bb\u0501\u051b\u051d\u0570\u0578\u057d\u0585\uff21-\uff3a\uff41-\uff5a\u{1d400}-\u{1d6a5}]/u;
const WORD = /[\p{L}\p{M}\p{N}_$]+/gu;
const ANY_LATIN = /[A-Za-z]/;

function inspectWords(subject: Subject, suspicions: Suspicions): void {
  if (!ANY_LOOK_ALIKE.test(subject.text)) return;
  let hits = 0;
  for (const { 0: word, index } of subject.text.matchAll(WORD)) {
    if (!ANY_LATIN.test(word) || !ANY_LOOK_ALIKE.test(word)) continue;
    suspicions.add('mixed-script-word', subject, index);
    hits += 1;
    if (hits === MAX_HITS) break;
  }
}
