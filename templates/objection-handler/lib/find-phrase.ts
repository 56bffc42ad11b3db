// Where a phrase stands in an objection: its words in order, in one clause, near each other, and not denied.

import type { Word } from './read-words.ts';

/** An objection, ready to be searched. */
export interface Objection {
  readonly text: string;
  readonly byStem: ReadonlyMap<string, readonly Word[]>;
}

/** A phrase that was found. */
export interface Hit {
  /** Places of its first and last word. */
  readonly from: number;
  readonly to: number;
  /** Other words between its words. */
  readonly inserted: number;
  /** What the objection says there. */
  readonly found: string;
}

/** The beginning of a phrase, up to one of its words. */
interface Path {
  readonly first: Word;
  readonly last: Word;
  readonly inserted: number;
}

/** Other words that may stand between two neighbours of a phrase. */
const MAX_INSERTED = 2;
/** How near before a phrase a negation denies it. */
const NEGATION_REACH = 3;
const NEGATIONS = ['not', 'no', 'never', 'without', 'hardly'];

/** Indexes words. */
export function createObjection(text: string, words: readonly Word[]): Objection {
  return { text, byStem: Map.groupBy(words, ({ stem }) => stem) };
}

/** The tightest place of the phrase, the first of several; `undefined` when it is not there, or only denied. */
export function findPhrase({ byStem, text }: Objection, stems: readonly string[]): Hit | undefined {
  const [first, ...rest] = stems;
  if (first === undefined) return undefined;
  const starts = (byStem.get(first) ?? []).filter((word) => !isDenied(byStem, word));
  let paths: Path[] = starts.map((word) => ({ first: word, last: word, inserted: 0 }));
  for (const stem of rest) {
    if (paths.length === 0) return undefined;
    paths = (byStem.get(stem) ?? []).flatMap((word) => extend(paths, word));
  }
  const [best] = paths.toSorted((a, b) => a.inserted - b.inserted);
  if (best === undefined) return undefined;
  const found = text.slice(best.first.start, best.last.end);
  return { from: best.first.place, to: best.last.place, inserted: best.inserted, found };
}

/** The tightest way through a path to the word; one is enough. None when the word is too far from all of them. */
function extend(paths: readonly Path[], word: Word): Path[] {
  const near = paths.filter(({ last }) => last.place < word.place && word.place <= last.place + MAX_INSERTED + 1);
  return near
    .map(({ first, inserted, last }) => ({ first, last: word, inserted: inserted + word.place - last.place - 1 }))
    .toSorted((a, b) => a.inserted - b.inserted)
    .slice(0, 1);
}

/** Whether a negation stands closely before the word. In a question ("isn't it too expensive?") it denies nothing. */
function isDenied(byStem: Objection['byStem'], { isAsked, place }: Word): boolean {
  if (isAsked) return false;
  return NEGATIONS.some((negation) =>
    byStem.get(negation)?.some((word) => word.place < place && word.place >= place - NEGATION_REACH),
  );
}
