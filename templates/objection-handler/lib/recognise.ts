// Which kind of objection it is, how sure that is, and on what it rests.

import { findPhrase, type Hit, type Objection } from './find-phrase.ts';
import type { Category } from './types.ts';

/** A phrase that was found, and what it counts. */
export interface MatchedPhrase {
  /** As the library has it. */
  readonly phrase: string;
  /** As the objection has it. */
  readonly found: string;
  readonly points: number;
}

/** A category something was found of. */
export interface Recognised {
  readonly category: Category;
  readonly points: number;
  /** 0 to 1, two decimals: a rule of thumb, no probability. */
  readonly confidence: number;
  readonly matchedOn: readonly MatchedPhrase[];
}

/** The words of each phrase of a category. */
export type PhraseStems = (category: Category) => readonly (readonly string[])[];

/** Points at which a category that stands alone has a confidence of one half. */
const HALF_SURE_POINTS = 2;

/**
 * The categories whose phrases are found, the most points first; of equals the earlier one of the library.
 *
 * A phrase of n words counts 2n − 1 points less one for each other word between them, and at least one. Phrases of one category
 * that overlap count once, by the best. confidence = points / (points + 2) × points / (points of all categories).
 */
export function recognise(categories: readonly Category[], stemsOf: PhraseStems, objection: Objection): Recognised[] {
  const found = categories
    .map((category) => ({ category, matchedOn: matchCategory(category, stemsOf, objection) }))
    .filter(({ matchedOn }) => matchedOn.length > 0)
    .map((each) => ({ ...each, points: each.matchedOn.reduce((sum, { points }) => sum + points, 0) }))
    .toSorted((a, b) => b.points - a.points);
  const all = found.reduce((sum, { points }) => sum + points, 0);
  return found.map((each) => ({ ...each, confidence: confidenceOf(each.points, all) }));
}

function confidenceOf(points: number, all: number): number {
  return Math.round((100 * points * points) / ((points + HALF_SURE_POINTS) * all)) / 100;
}

function matchCategory(category: Category, stemsOf: PhraseStems, objection: Objection): MatchedPhrase[] {
  const stems = stemsOf(category);
  const hits = category.phrases.flatMap((phrase, index) => {
    const words = stems[index] ?? [];
    const hit = findPhrase(objection, words);
    return hit === undefined ? [] : [{ hit, phrase, points: Math.max(2 * words.length - 1 - hit.inserted, 1) }];
  });
  const taken: Hit[] = [];
  const matched: MatchedPhrase[] = [];
  for (const { hit, phrase, points } of hits.toSorted((a, b) => b.points - a.points)) {
    if (taken.some((other) => hit.from <= other.to && other.from <= hit.to)) continue;
    taken.push(hit);
    matched.push({ phrase, found: hit.found, points });
  }
  return matched;
}
