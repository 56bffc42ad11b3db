// Which characters a literal may touch without becoming part of another token.

import type { Language } from './lexer.ts';

const BEFORE = { json: /^[\s[{,:]$/, ts: /^[\s()[\]{},;:?=+\-*/%&|^!~<>]$/ };
const AFTER = { json: /^[\s\]},:]$/, ts: /^[\s()[\]{},;:?=+\-*/%&|^!~<>]$/ };

/** Whether a literal may stand directly after this character; '' is the beginning. */
export function mayPrecedeSlot(language: Language, character: string): boolean {
  return character === '' || BEFORE[language].test(character);
}

/** Whether this character may stand directly after a literal; '' is the end. */
export function mayFollowSlot(language: Language, character: string): boolean {
  return character === '' || AFTER[language].test(character);
}
