// A text as words that can be compared: lower case, without accents and endings, contractions written out.

import { stem } from './stem.ts';

/** A word, and where it stands. */
export interface Word {
  readonly stem: string;
  /** Place among the words. Between clauses places are left out, so that nothing near is in another clause. */
  readonly place: number;
  /** Where it stands in the text. */
  readonly start: number;
  readonly end: number;
  /** Whether its clause ends with a question mark. */
  readonly isAsked: boolean;
}

/** Places left out between clauses: more than any phrase may span between two of its words. */
const CLAUSE_DISTANCE = 100;

/** Words with inner apostrophes; of scripts that write no spaces, every sign. */
const TOKEN =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[[\p{L}\p{M}\p{N}]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]]+(?:['’][\p{L}]+)*/gv;
const CLAUSE_END = /[.,;:!?…()\n。，、；：！？]/;
const QUESTION = /[?？]/;
const CLAUSE_WORDS: ReadonlySet<string> = new Set(['but', 'however', 'although', 'though']);

/** The words of a text, in order. */
export function readWords(text: string): Word[] {
  const tokens = [...text.matchAll(TOKEN)];
  const words: Word[] = [];
  let place = 0;
  let clauseStart = 0;
  for (const [index, { 0: token, index: start }] of tokens.entries()) {
    const end = start + token.length;
    const gap = text.slice(end, tokens[index + 1]?.index ?? text.length);
    if (CLAUSE_WORDS.has(token.toLowerCase())) {
      place += CLAUSE_DISTANCE;
      clauseStart = words.length;
    } else {
      for (const each of stemsOf(token)) words.push({ stem: each, place: place++, start, end, isAsked: false });
    }
    if (!CLAUSE_END.test(gap)) continue;
    if (QUESTION.test(gap)) markAsked(words, clauseStart);
    place += CLAUSE_DISTANCE;
    clauseStart = words.length;
  }
  return words;
}

function markAsked(words: Word[], from: number): void {
  for (let index = from; index < words.length; index += 1) words[index] = { ...(words[index] as Word), isAsked: true };
}

const COMBINING_MARKS = /[\u0300-\u036f]/g;
const PRONOUNS: ReadonlySet<string> = new Set('it that this what there here he she who where how'.split(' '));
const WITHOUT_APOSTROPHE: Readonly<Record<string, string>> = {
  cannot: "can't",
  cant: "can't",
  didnt: "didn't",
  doesnt: "doesn't",
  dont: "don't",
  isnt: "isn't",
  wont: "won't",
  wouldnt: "wouldn't",
};
const ENDINGS: Readonly<Record<string, string>> = { d: 'would', ll: 'will', m: 'am', re: 'are', ve: 'have' };

/** One word, or two where it is a contraction. */
function stemsOf(token: string): string[] {
  const plain = token
    .normalize('NFKD')
    .replace(COMBINING_MARKS, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('’', "'");
  const written = Object.hasOwn(WITHOUT_APOSTROPHE, plain) ? (WITHOUT_APOSTROPHE[plain] ?? plain) : plain;
  const [head = '', ending] = written.split("'");
  if (ending === undefined) return [stem(head)];
  if (ending === 't' && head.endsWith('n'))
    return [stem(head === 'can' ? head : head === 'won' ? 'will' : head.slice(0, -1)), 'not'];
  if (ending === 's') return PRONOUNS.has(head) ? [stem(head), 'is'] : [stem(head)];
  return [stem(head), stem(Object.hasOwn(ENDINGS, ending) ? (ENDINGS[ending] ?? ending) : ending)];
}
