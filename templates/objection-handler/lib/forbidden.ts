// Words that must not be said: are they in a text?

import { readWords } from './read-words.ts';

/** The first of the phrases whose words stand in the text side by side, in any ending; `undefined` when none does. */
export function findForbidden(text: string, phrases: readonly string[]): string | undefined {
  if (phrases.length === 0) return undefined;
  const words = readWords(text);
  return phrases.find((phrase) => {
    const stems = readWords(phrase).map(({ stem }) => stem);
    return words.some(
      (_, start) => stems.length > 0 && stems.every((stem, index) => words[start + index]?.stem === stem),
    );
  });
}
