// A ranked response as words to say, or the reason why it is withheld.

import { factsIn, fill } from './fill.ts';
import { findForbidden } from './forbidden.ts';
import type { RankedResponse } from './rank-responses.ts';
import type { TrackRecord } from './track-record.ts';
import type { Response } from './types.ts';

/** A response, ready to be said. */
export interface Composed {
  /** What to report an outcome by. */
  readonly responseId: string;
  readonly strategy: string;
  readonly text: string;
  readonly evidence: readonly {
    readonly claim: string;
    readonly source: string | null;
    readonly illustrative: boolean;
  }[];
  readonly nextQuestion: string | null;
  readonly outcomes: TrackRecord | null;
  /** What put it where it is; empty = the order of the library. */
  readonly why: readonly string[];
}

/** A response that must not be given, and why. */
export interface Withheld {
  readonly responseId: string;
  readonly reason: string;
}

/** What a response must not say, and what it may be filled with. */
export interface ComposeRules {
  readonly facts: ReadonlyMap<string, string>;
  readonly doNotSay: readonly string[];
}

/** Fills a response and checks what came out. */
export function compose(
  rules: ComposeRules,
  { record, response, responseId, why }: RankedResponse,
): Composed | Withheld {
  const reason = findReason(rules, response);
  if (reason !== undefined) return { responseId, reason };
  const say = (text: string): string => fill(text, rules.facts);
  return {
    responseId,
    strategy: response.strategy,
    text: say(response.text),
    evidence: response.evidence.map(({ claim, source }) => ({
      claim: say(claim),
      source: source ?? null,
      illustrative: source === undefined,
    })),
    nextQuestion: response.nextQuestion === undefined ? null : say(response.nextQuestion),
    outcomes: record ?? null,
    why,
  };
}

/** Why a response cannot be given: a fact is missing, or it says what nobody may say. */
export function findReason({ doNotSay, facts }: ComposeRules, response: Response): string | undefined {
  const texts = textsOf(response);
  const missing = texts.flatMap(factsIn).find((name) => !facts.has(name));
  if (missing !== undefined) return `the fact "${missing}" is not known`;
  const said = findForbidden(texts.map((text) => fill(text, facts)).join('\n'), doNotSay);
  return said === undefined ? undefined : `it says "${said}", which is not to be said`;
}

/** Everything of a response that may be read out. */
export function textsOf({ evidence, nextQuestion, text }: Response): string[] {
  return [text, ...evidence.map(({ claim }) => claim), ...(nextQuestion === undefined ? [] : [nextQuestion])];
}
