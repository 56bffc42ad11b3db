// English word endings, lightly: enough that "prices", "priced" and "pricing" meet "price", and no more.

const VOWEL = /[aeiouy]/;

/**
 * Cuts a plural, then -ed or -ing, then a doubled consonant and a final e. Words of other scripts stay as they are. What comes out
 * is no word, only the same for related words.
 *
 * @see Donna Harman, "How effective is suffixing?" (1991), for the rules of the plural
 */
export function stem(word: string): string {
  if (!/^[a-z]+$/.test(word)) return word;
  const base = cutTense(cutPlural(word));
  const single = /([b-df-hj-np-tv-z])\1$/.test(base) ? base.slice(0, -1) : base;
  return single.length > 3 && single.endsWith('e') ? single.slice(0, -1) : single;
}

function cutPlural(word: string): string {
  if (word.length < 4) return word;
  if (word.endsWith('ies') && !/[ae]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (word.endsWith('es') && !/[aeo]es$/.test(word)) return word.slice(0, -1);
  return word.endsWith('s') && !/[us]s$/.test(word) ? word.slice(0, -1) : word;
}

function cutTense(word: string): string {
  if (word.endsWith('ied') && word.length > 4) return `${word.slice(0, -3)}y`;
  // "guaranteed" has a stem before its -eed, "speed" has none.
  if (word.endsWith('eed')) return VOWEL.test(word.slice(0, -3)) ? word.slice(0, -1) : word;
  const ending = word.endsWith('ing') ? 3 : word.endsWith('ed') ? 2 : 0;
  const rest = word.slice(0, word.length - ending);
  return ending > 0 && rest.length >= 3 && VOWEL.test(rest) ? rest : word;
}
