// The words of a prose text, in lower case, with what does not show taken out of them.

/** A word, and where it starts. */
export interface Word {
  readonly word: string;
  readonly index: number;
}

/** What stands for any address of the web. */
export const URL_WORD = '<url>';
/** What stands for any mail address. */
export const MAIL_WORD = '<mail>';
/** What stands for any name in snake_case that is not among the text's own. */
export const NAME_WORD = '<name>';

/** Runs of letters, digits and what holds words together; those that do not show count as nothing. */
const CHUNK = /[\p{L}\p{M}\p{N}_@:/.'’\u00ad\u200b-\u200d\u2060\ufeff\u{e0000}-\u{e007f}-]+/gu;
const UNSEEN = /['’\u00ad\u200b-\u200d\u2060\ufeff\u{e0000}-\u{e007f}]/gu;
const PART = /[\p{L}\p{M}\p{N}_]+/gu;
const SNAKE_CASE = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$/;
const MAIL = /@[\p{L}\p{N}-]+\./u;
/** Longer chunks are no words. Neither are they read as such: a mark would be laid over each of their parts. */
const MAX_CHUNK = 200;

/** Splits a text. @param ownNames names in snake_case that are the tool's own: these are words like any other */
export function* wordsOf(text: string, ownNames: ReadonlySet<string>): Generator<Word> {
  for (const { 0: chunk, index } of text.matchAll(CHUNK)) {
    if (chunk.includes('://')) yield { word: URL_WORD, index };
    else if (chunk.length > MAX_CHUNK) continue;
    else if (MAIL.test(chunk)) yield { word: MAIL_WORD, index };
    else yield* partsOf(chunk, index, ownNames);
  }
}

function* partsOf(chunk: string, start: number, ownNames: ReadonlySet<string>): Generator<Word> {
  const seen = chunk.replace(UNSEEN, '').toLowerCase();
  for (const { 0: part, index } of seen.matchAll(PART)) {
    const word = SNAKE_CASE.test(part) && !ownNames.has(part) ? NAME_WORD : part;
    yield { word, index: start + index };
  }
}
