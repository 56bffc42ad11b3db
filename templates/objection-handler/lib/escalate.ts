// When to bring somebody in.

import { findPhrase, type Objection } from './find-phrase.ts';
import type { Deal } from './rank-responses.ts';
import type { Unify } from './synonyms.ts';
import { readWords } from './read-words.ts';
import type { Escalation } from './types.ts';

/** Whom to bring in, and why. */
export interface Escalated {
  readonly to: string;
  readonly reason: string;
}

/** What the rules look at. */
export interface Situation extends Deal {
  /** `undefined` = nothing in the library matches. */
  readonly category: string | undefined;
  readonly objection: Objection;
  readonly unify: Unify;
}

/** The rules whose conditions all hold, in their order. */
export function escalate(rules: readonly Escalation[], situation: Situation): Escalated[] {
  return rules.filter((rule) => holds(rule, situation)).map(({ reason, to }) => ({ to, reason }));
}

function holds(rule: Escalation, { category, objection, segment, stage, unify }: Situation): boolean {
  const isAmong = (list: readonly string[] | undefined, actual: string | undefined): boolean =>
    list === undefined || (actual !== undefined && list.includes(actual));
  const isSaid = (phrase: string): boolean =>
    findPhrase(
      objection,
      unify(readWords(phrase)).map(({ stem }) => stem),
    ) !== undefined;
  return (
    isAmong(rule.categories, category) &&
    isAmong(rule.stages, stage) &&
    isAmong(rule.segments, segment) &&
    (rule.unmatched === undefined || rule.unmatched === (category === undefined)) &&
    (rule.phrases === undefined || rule.phrases.some(isSaid))
  );
}
