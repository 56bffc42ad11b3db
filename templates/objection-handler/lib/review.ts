// The library looked over as a whole: what contradicts itself is refused, what deserves a look is listed.

import { findReason, textsOf, type Withheld } from './compose.ts';
import { factsIn } from './fill.ts';
import { BUILT_IN_FACTS, knownFacts } from './known-facts.ts';
import { readWords } from './read-words.ts';
import { Refusal } from './refusal.ts';
import { type Category, type Library, responseIdOf } from './types.ts';

/** What the library holds, and what deserves a look. */
export interface Review {
  readonly categories: number;
  readonly phrases: number;
  readonly responses: number;
  /** Phrases that several categories have: objections with them are ambiguous. */
  readonly sharedPhrases: readonly { readonly phrase: string; readonly categories: readonly string[] }[];
  /** Responses with evidence that names no source. */
  readonly illustrativeEvidence: readonly string[];
  /** Responses that only calls with certain facts get. */
  readonly needFacts: readonly { readonly responseId: string; readonly facts: readonly string[] }[];
  /** Built-in responses that are never given, because the library forbids their words. */
  readonly withheld: readonly Withheld[];
}

/**
 * Reviews a library.
 *
 * @param own ids of the categories that are not built in
 * @throws Refusal naming the entry that contradicts another
 */
export function review(library: Library, own: ReadonlySet<string>): Review {
  checkNames(library);
  for (const category of library.categories) if (own.has(category.id)) checkCategory(library, category);
  const callerFacts = new Set(library.callerFacts.map(({ name }) => name));
  const responses = library.categories.flatMap((category) =>
    category.responses.map((response) => ({ category, response, responseId: responseIdOf(category, response) })),
  );
  return {
    categories: library.categories.length,
    phrases: library.categories.reduce((count, { phrases }) => count + phrases.length, 0),
    responses: responses.length,
    sharedPhrases: findSharedPhrases(library.categories),
    illustrativeEvidence: responses
      .filter(({ response }) => response.evidence.some(({ source }) => source === undefined))
      .map(({ responseId }) => responseId),
    needFacts: responses
      .map(({ response, responseId }) => ({
        responseId,
        facts: [...new Set(textsOf(response).flatMap(factsIn))].filter((name) => callerFacts.has(name)),
      }))
      .filter(({ facts }) => facts.length > 0),
    withheld: responses
      .filter(({ category }) => !own.has(category.id))
      .flatMap(({ category, response, responseId }) => {
        const reason = findReason(composeRules(library, category), response);
        return reason === undefined ? [] : [{ responseId, reason }];
      }),
  };
}

function composeRules(library: Library, category: Category): Parameters<typeof findReason>[0] {
  // Facts of calls are not known yet; a word that nobody forbids stands for each.
  const facts = Object.fromEntries(library.callerFacts.map(({ name }) => [name, '…']));
  return { facts: knownFacts(library, { facts }), doNotSay: [...library.doNotSay, ...category.doNotSay] };
}

/** Names that are there twice, or mean nothing. */
function checkNames({
  callerFacts,
  categories,
  customer,
  escalations,
  facts,
  outcomes,
  segments,
  stages,
}: Library): void {
  checkUnique(
    'category',
    categories.map(({ id }) => id),
  );
  checkUnique('fact', [...BUILT_IN_FACTS, ...Object.keys(facts), ...callerFacts.map(({ name }) => name)]);
  checkKnown("the customer's stage", 'stages', asList(customer.stage), stages);
  checkKnown("the customer's segment", 'segments', asList(customer.segment), segments);
  const ids = categories.map(({ id }) => id);
  for (const { to, ...rule } of escalations) {
    checkKnown(`the escalation to "${to}"`, 'categories', rule.categories ?? [], ids);
    checkKnown(`the escalation to "${to}"`, 'stages', rule.stages ?? [], stages);
    checkKnown(`the escalation to "${to}"`, 'segments', rule.segments ?? [], segments);
    checkWords(`the escalation to "${to}"`, rule.phrases ?? []);
  }
  const responseIds = categories.flatMap((category) => category.responses.map((each) => responseIdOf(category, each)));
  for (const { responseId, segment } of outcomes) {
    checkKnown('an outcome', 'responses', [responseId], responseIds);
    checkKnown(`the outcome of "${responseId}"`, 'segments', asList(segment), segments);
  }
}

function checkCategory(library: Library, category: Category): void {
  checkUnique(
    `response of "${category.id}"`,
    category.responses.map(({ id }) => id),
  );
  checkWords(`category "${category.id}"`, category.phrases);
  for (const response of category.responses) {
    const what = `response "${responseIdOf(category, response)}"`;
    checkKnown(what, 'stages', response.stages, library.stages);
    checkKnown(what, 'segments', response.segments, library.segments);
    const reason = findReason(composeRules(library, category), response);
    if (reason !== undefined) throw new Refusal(`${what}: ${reason}`);
  }
}

function checkUnique(kind: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Refusal(`${kind} "${twice}" is there twice; give each once`);
}

function checkKnown(what: string, kind: string, names: readonly string[], known: readonly string[]): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Refusal(`${what} names "${unknown}", which is none of the ${kind}`);
}

function checkWords(what: string, phrases: readonly string[]): void {
  const empty = phrases.find((phrase) => readWords(phrase).length === 0);
  if (empty !== undefined) throw new Refusal(`${what} has the phrase ${JSON.stringify(empty)}, which holds no word`);
}

function asList(value: string | undefined): string[] {
  return value === undefined ? [] : [value];
}

function findSharedPhrases(categories: readonly Category[]): Review['sharedPhrases'] {
  const uses = categories.flatMap(({ id, phrases }) =>
    phrases.map((phrase) => ({
      id,
      phrase,
      stems: readWords(phrase)
        .map(({ stem }) => stem)
        .join(' '),
    })),
  );
  return [...Map.groupBy(uses, ({ stems }) => stems).values()]
    .map((same) => ({ phrase: same[0]?.phrase ?? '', categories: [...new Set(same.map(({ id }) => id))] }))
    .filter((shared) => shared.categories.length > 1);
}
