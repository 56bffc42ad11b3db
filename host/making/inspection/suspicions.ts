// What a reading collects: a bounded number of findings, and the count of those left out.

import { FINDING_KINDS, type Finding, type FindingKind, type FindingPlace } from '#sandbox';
import { excerptAt } from './excerpt.ts';
import { MEANINGS } from './meanings.ts';

/** Beyond these, one more of a kind tells nobody anything. */
const MAX_OF_A_KIND = 8;
const MAX_IN_ALL = 40;
/** Notes leave room: a warning behind however many of them is told, and refused where that is the policy. */
const MAX_NOTES = 20;
/** Rules stop looking through a text after so many hits: what hides that much is found out already. */
export const MAX_HITS = 200;

/** What reading a tool came to. */
export interface Inspection {
  /** In the order of the texts read. */
  readonly findings: readonly Finding[];
  /** How many more there are, at least. */
  readonly more: number;
}

/** A text under inspection, and how to name a place in it. */
export interface Subject {
  readonly text: string;
  placeOf(index: number): FindingPlace;
}

/** Collects what is found. */
export class Suspicions {
  readonly #findings: Finding[] = [];
  readonly #counts = new Map<FindingKind, number>();
  #notes = 0;
  #more = 0;

  /** @param about what the rule adds to the sentence of its kind */
  add(kind: FindingKind, subject: Subject, index: number, about?: string): void {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const severity = FINDING_KINDS[kind];
    const isFull = this.#findings.length === MAX_IN_ALL || (severity === 'note' && this.#notes === MAX_NOTES);
    if (count > MAX_OF_A_KIND || isFull) {
      this.#more += 1;
      return;
    }
    if (severity === 'note') this.#notes += 1;
    this.#findings.push({
      kind,
      severity,
      where: subject.placeOf(index),
      excerpt: excerptAt(subject.text, index),
      message: about === undefined ? MEANINGS[kind] : `${MEANINGS[kind]}: ${about}`,
    });
  }

  get inspection(): Inspection {
    return { findings: [...this.#findings], more: this.#more };
  }
}
