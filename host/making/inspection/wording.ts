// What a text tells its reader to do, by the word list.
//
// INVARIANT: time is linear in the text: a word is looked up once, and each place in a phrase remembers only the last word
// that got there. test/unit/host/making/inspection/bounds.test.ts holds it.

import type { FindingKind } from '#sandbox';
import { PHRASES } from './phrases.ts';
import type { Subject, Suspicions } from './suspicions.ts';
import { wordsOf } from './words.ts';

/** What to look for, and in whose text. */
export interface WordingOptions {
  /** Names in snake_case that are the tool's own. */
  readonly ownNames: ReadonlySet<string>;
  /** @default all that the word list has */
  readonly kinds?: ReadonlySet<FindingKind>;
}

/** Reads a text for phrases of the list; each kind is told of once. */
export function inspectWording(subject: Subject, suspicions: Suspicions, { ownNames, kinds }: WordingOptions): void {
  const found = new Set<FindingKind>();
  const reached = new Map<Place, Reached>();
  let count = 0;
  for (const { word, index } of wordsOf(subject.text, ownNames)) {
    count += 1;
    for (const place of PLACES.get(word) ?? []) {
      const start = startOf(place, reached, count, index);
      if (start === undefined || found.has(place.kind)) continue;
      reached.set(place, { count, start });
      if (!place.isLast || kinds?.has(place.kind) === false) continue;
      found.add(place.kind);
      suspicions.add(place.kind, subject, start);
    }
  }
}

/** Most words that a `*` stands for. */
const MAX_BETWEEN = 4;

/** A place in a phrase. */
interface Place {
  readonly kind: FindingKind;
  readonly before?: Place;
  /** How many words may stand between it and the place before. */
  readonly between: number;
  readonly isLast: boolean;
}

/** The last word that got to a place: its number in the text, and where its phrase starts. */
interface Reached {
  readonly count: number;
  readonly start: number;
}

/** Where the phrase starts that this word goes on with; undefined when it goes on with none. */
function startOf(
  { before, between }: Place,
  reached: ReadonlyMap<Place, Reached>,
  count: number,
  index: number,
): number | undefined {
  if (before === undefined) return index;
  const last = reached.get(before);
  return last !== undefined && count - last.count <= between + 1 ? last.start : undefined;
}

/** Word → the places it fits, later ones first: a word that fits two of a phrase goes on with one of them. */
const PLACES: ReadonlyMap<string, readonly Place[]> = createPlaces();

function createPlaces(): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>();
  for (const [kind, phrases] of Object.entries(PHRASES)) {
    for (const phrase of phrases) addPhrase(places, kind as FindingKind, phrase.split(' '));
  }
  return places;
}

function addPhrase(places: Map<string, Place[]>, kind: FindingKind, parts: readonly string[]): void {
  let before: Place | undefined;
  let between = 0;
  for (const [index, part] of parts.entries()) {
    if (part === '*') {
      between = MAX_BETWEEN;
      continue;
    }
    const isLast = index === parts.length - 1;
    const place: Place = { kind, between, isLast, ...(before === undefined ? {} : { before }) };
    for (const word of part.split('|')) places.set(word, [place, ...(places.get(word) ?? [])]);
    before = place;
    between = 0;
  }
}
