// Words that mean the same become the same.

import { readWords, type Word } from './read-words.ts';

/** Replaces synonyms by the sign of their group. */
export type Unify = (words: readonly Word[]) => readonly Word[];

interface Entry {
  readonly stems: readonly string[];
  /** No word has a sign like it. */
  readonly sign: string;
}

/** Of groups that share an entry the first has it. Longer entries are replaced before shorter ones. */
export function createUnify(groups: readonly (readonly string[])[]): Unify {
  if (groups.length === 0) return (words) => words;
  const entries = groups.flatMap((group, index) =>
    group.map((text): Entry => ({ stems: readWords(text).map(({ stem }) => stem), sign: `=${index}` })),
  );
  const byFirst = Map.groupBy(entries, ({ stems }) => stems[0] ?? '');
  for (const list of byFirst.values()) list.sort((a, b) => b.stems.length - a.stems.length);
  return (words) => unify(byFirst, words);
}

function unify(byFirst: ReadonlyMap<string, readonly Entry[]>, words: readonly Word[]): Word[] {
  const unified: Word[] = [];
  for (let index = 0; index < words.length;) {
    const word = words[index] as Word;
    const entry = byFirst.get(word.stem)?.find(({ stems }) => standsAt(words, index, stems));
    const last = words[index + (entry?.stems.length ?? 1) - 1] ?? word;
    // Its place is that of its last word: what follows stays as near as it was.
    unified.push(entry === undefined ? word : { ...word, stem: entry.sign, place: last.place, end: last.end });
    index += entry?.stems.length ?? 1;
  }
  return unified;
}

function standsAt(words: readonly Word[], start: number, stems: readonly string[]): boolean {
  const first = words[start]?.place ?? 0;
  return stems.every((stem, index) => {
    const word = words[start + index];
    return word?.stem === stem && word.place === first + index;
  });
}
