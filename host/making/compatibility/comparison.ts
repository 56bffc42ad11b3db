// What the rules of a comparison share: where they look, what they may ask, how they say what they found.

import type { Conjunction } from './conjunction.ts';
import type { Schema, SchemaObject } from './schema-document.ts';

/** Where two schemas differ. */
export interface Finding {
  readonly path: string;
  /** Said of the older and the newer schema, whichever way they are compared. */
  readonly what: string;
  /** The keyword is not looked into: it may be that nothing is lost. */
  readonly isOpaque?: boolean;
}

/** What a comparison came across. */
export interface Findings {
  /** Why the wide schema does not hold everything the narrow one does. */
  readonly misses: Finding[];
  /** Names that came or went without harm. */
  readonly notes: Finding[];
}

/** Where two schemas are compared. */
export interface Place {
  readonly path: string;
  /** Absent where only the answer counts. */
  readonly found?: Findings;
  /** The narrow schema is one alternative of itself already. */
  readonly isSplit?: true;
}

/** A question: does this part of the wide schema hold every value of the narrow one? */
export interface Question {
  readonly narrow: Conjunction;
  readonly wide: Conjunction;
  readonly part: SchemaObject;
  readonly at: Place;
}

/** One comparison under way. */
export interface Comparison {
  /** Whoever wrote values for the narrow schema used the names it mentions, so a new name meets no value. */
  readonly isNewNameFree: boolean;
  /** Whether the wide schema holds every value that all the narrow ones hold. */
  contains(narrow: readonly Schema[], wide: Schema, at: Place): boolean;
  /** Whether both say the same, references followed. */
  isSame(narrow: unknown, wide: unknown): boolean;
  /** Whether the narrow schema says anything about a name, be it in an alternative or a condition. */
  mentions(narrow: Conjunction, name: string): boolean;
  /** Whether that many steps are left. */
  spend(steps: number): boolean;
  /** `<older> → <newer>` */
  between(narrow: string, wide: string): string;
  /** The older and the newer of two. */
  inTime<T>(narrow: T, wide: T): readonly [older: T, newer: T];
}

/** A rule: true when it finds nothing in the way. */
export type Rule = (question: Question, comparison: Comparison) => boolean;

/** Notes what is in the way. Always false. */
export function miss({ found }: Place, finding: Finding): false {
  if (found !== undefined) add(found.misses, finding);
  return false;
}

/** Notes what is not in the way. */
export function note({ found }: Place, finding: Finding): void {
  if (found !== undefined) add(found.notes, finding);
}

/** Whether all hold. Somebody who wants to know why not is told every reason. */
export function every<T>({ found }: Place, items: Iterable<T>, holds: (item: T) => boolean): boolean {
  let all = true;
  for (const item of items) {
    if (holds(item)) continue;
    all = false;
    if (found === undefined) break;
  }
  return all;
}

/** A value in a message, cut short. */
export function show(value: unknown): string {
  const text = value === undefined ? 'none' : JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

const MAX_SHOWN = 60;
const MAX_FINDINGS = 1000;

function add(findings: Finding[], finding: Finding): void {
  if (findings.length < MAX_FINDINGS) findings.push(finding);
}
