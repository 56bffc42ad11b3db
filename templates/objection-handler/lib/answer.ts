// The answer to one objection.

import { compose, type Composed, type Withheld } from './compose.ts';
import { escalate, type Escalated } from './escalate.ts';
import { createObjection } from './find-phrase.ts';
import { knownFacts } from './known-facts.ts';
import { type Deal, rankResponses } from './rank-responses.ts';
import { readWords } from './read-words.ts';
import { type MatchedPhrase, recognise, type Recognised } from './recognise.ts';
import { createUnify } from './synonyms.ts';
import type { Category, DealContext, Library } from './types.ts';

/** What was recognised, and what to say. */
export interface Answer {
  /** Whether anything in the library matches well enough. */
  readonly matched: boolean;
  readonly category: string | null;
  readonly title: string | null;
  /** 0 to 1: a rule of thumb, no probability. */
  readonly confidence: number;
  readonly matchedOn: readonly MatchedPhrase[];
  /** Other categories something was found of; all of them when nothing matches well enough. */
  readonly alternatives: readonly {
    readonly category: string;
    readonly confidence: number;
    readonly matchedOn: readonly MatchedPhrase[];
  }[];
  /** Best first. */
  readonly responses: readonly Composed[];
  readonly withheld: readonly Withheld[];
  readonly doNotSay: readonly string[];
  readonly escalate: readonly Escalated[];
  /** What to ask when nothing matches. */
  readonly questions: readonly string[];
  readonly message: string;
}

/** Answers an objection with at most `limit` responses. */
export function answer(library: Library, objectionText: string, context: DealContext, limit: number): Answer {
  const unify = createUnify(library.synonyms);
  const stemsOf = (category: Category): string[][] =>
    category.phrases.map((phrase) => unify(readWords(phrase)).map(({ stem }) => stem));
  const objection = createObjection(objectionText, unify(readWords(objectionText)));
  const found = recognise(library.categories, stemsOf, objection);
  const [best] = found;
  const top = best !== undefined && best.confidence >= library.minConfidence ? best : undefined;
  const deal = { stage: context.stage ?? library.customer.stage, segment: context.segment ?? library.customer.segment };
  const said = top === undefined ? NOTHING : respond(library, top.category, context, deal);
  const escalated = escalate(library.escalations, { ...deal, category: top?.category.id, objection, unify });
  return {
    matched: top !== undefined,
    category: top?.category.id ?? null,
    title: top === undefined ? null : (top.category.title ?? top.category.id),
    confidence: top?.confidence ?? 0,
    matchedOn: top?.matchedOn ?? [],
    alternatives: found.filter((each) => each !== top).map(outline),
    responses: said.responses.slice(0, limit),
    withheld: said.withheld,
    doNotSay: [...new Set([...library.doNotSay, ...(top?.category.doNotSay ?? [])])],
    escalate: escalated,
    questions: top === undefined ? library.fallbackQuestions : [],
    message: summarise(top, found, said.responses.length, escalated),
  };
}

interface Said {
  readonly responses: readonly Composed[];
  readonly withheld: readonly Withheld[];
}

const NOTHING: Said = { responses: [], withheld: [] };

function respond(library: Library, category: Category, context: DealContext, deal: Deal): Said {
  const rules = {
    facts: knownFacts(library, context),
    doNotSay: [...library.doNotSay, ...category.doNotSay],
  };
  const composed = rankResponses(category, library.outcomes, deal).map((ranked) => compose(rules, ranked));
  return {
    responses: composed.filter((each) => 'text' in each),
    withheld: composed.filter((each) => 'reason' in each),
  };
}

function outline({ category, confidence, matchedOn }: Recognised): Answer['alternatives'][number] {
  return { category: category.id, confidence, matchedOn };
}

function summarise(
  top: Recognised | undefined,
  [first, second]: readonly Recognised[],
  responses: number,
  escalated: readonly Escalated[],
): string {
  const bring = escalated.length === 0 ? '' : ` Bring in: ${escalated.map(({ to }) => to).join(', ')}.`;
  if (top === undefined) {
    const near = first === undefined ? '' : ` Nearest is ${first.category.id}, with too little to go by.`;
    return `Nothing in the library matches this objection: ask before you answer.${near}${bring}`;
  }
  const tied = second?.points === top.points ? ` Equally near: ${second.category.id}; ask which it is.` : '';
  const none = responses === 0 ? ' No response fits this stage, segment and the facts given.' : '';
  return `An objection of the category ${top.category.id} (confidence ${top.confidence}).${tied}${none}${bring}`;
}
