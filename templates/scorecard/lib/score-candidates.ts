// The answer of the tool: every candidate scored and explained, ranked, and how firmly the winner stands.

import { toUnits, WEIGHT_DIGITS } from './digits.ts';
import { findTies, rank, type Ranked, type Tie } from './rank.ts';
import { Refusal } from './refusal.ts';
import { type Report, report, sharesOf } from './report.ts';
import { type Flip, findFlips } from './sensitivity.ts';
import { tally } from './tally.ts';
import type { Scorecard, ScoreRequest } from './types.ts';

/** A weight as given and as a share of all. */
export interface WeightShare {
  readonly criterion: string;
  readonly title: string;
  readonly weight: number;
  readonly share: number;
}

/** How firmly the winner stands. */
export interface Sensitivity {
  /** Null without two ranked candidates, or when the first rank is shared. */
  readonly winner: string | null;
  /** By how much the winner leads the next, in points of the score as shown. */
  readonly margin: number | null;
  /** What would change the winner, the smallest change first. */
  readonly flips: readonly Flip[];
  /** Criteria whose weight alone cannot change the winner. */
  readonly robust: readonly string[];
  readonly note: string;
}

/** The whole answer. */
export interface Scores {
  readonly scorecard: string;
  readonly maximum: number;
  readonly weights: readonly WeightShare[];
  /** Best first; who did not pass a gate is last. */
  readonly results: readonly (Report & { readonly rank: number | null })[];
  readonly ties: readonly Tie[];
  readonly sensitivity: Sensitivity;
  readonly message: string;
}

/**
 * Scores candidates.
 *
 * @throws Refusal when a candidate is there twice, or a value does not fit or is missing where it must not
 */
export function scoreCandidates(card: Scorecard, { candidates }: ScoreRequest): Scores {
  const names = candidates.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Refusal(`candidate "${twice}" is there twice; give each a name of its own`);
  const ranked = rank(candidates.map((candidate) => tally(card, candidate)));
  const results = ranked.map(({ tally: each, rank: place }) => ({ rank: place, ...report(card, each) }));
  const sensitivity = analyse(card, ranked, results);
  return {
    scorecard: card.name,
    maximum: card.maximum,
    weights: shareWeights(card),
    results,
    ties: findTies(ranked),
    sensitivity,
    message: summarise(card, results, sensitivity),
  };
}

function shareWeights({ criteria }: Scorecard): WeightShare[] {
  const shares = sharesOf(criteria.map(({ weight }) => toUnits(weight, WEIGHT_DIGITS)));
  return criteria.map(({ id, title = id, weight }, index) => ({
    criterion: id,
    title,
    weight,
    share: shares[index] ?? 0,
  }));
}

function analyse(
  { criteria, decimals }: Scorecard,
  ranked: readonly Ranked[],
  results: Scores['results'],
): Sensitivity {
  const eligible = ranked.filter((each) => each.rank !== null);
  const [first, second] = eligible;
  const undecided = { winner: null, margin: null, flips: [], robust: [] };
  if (first === undefined || second === undefined) {
    return { ...undecided, note: 'There are no two ranked candidates to compare.' };
  }
  if (second.rank === 1)
    return { ...undecided, note: 'The first rank is shared: any change of a weight may decide it.' };
  const flips = findFlips(eligible.map((each) => each.tally));
  const robust = criteria.map(({ id }) => id).filter((id) => !flips.some(({ criterion }) => criterion === id));
  return {
    winner: first.tally.name,
    margin: Number(((results[0]?.score ?? 0) - (results[1]?.score ?? 0)).toFixed(decimals)),
    flips,
    robust,
    note: describeFlips(first.tally.name, flips),
  };
}

function describeFlips(winner: string, [closest]: readonly Flip[]): string {
  if (closest === undefined) return `No change of a single weight makes another candidate win than ${winner}.`;
  const { criterion, weight, toWeight, toShare, newWinner } = closest;
  const change = `the weight of ${criterion} from ${weight} to beyond ${toWeight} (a share of ${toShare})`;
  return `The smallest change that makes ${newWinner} win: ${change}.`;
}

function summarise({ name, maximum }: Scorecard, results: Scores['results'], { winner }: Sensitivity): string {
  const [first] = results;
  if (first === undefined || first.rank === null) return `${name}: no candidate passes the gates.`;
  const score = `${first.score} of ${maximum}${first.band === null ? '' : ` (${first.band.label})`}`;
  if (results.length === 1) return `${name}: ${first.name} scores ${score}.`;
  if (winner === null && results[1]?.rank === 1) {
    const leaders = results.filter(({ rank: place }) => place === 1).map((each) => each.name);
    return `${name}: ${leaders.join(', ')} share the first rank with ${score}.`;
  }
  const out = results.filter(({ eligible }) => !eligible).length;
  return `${name}: ${first.name} is first of ${results.length} with ${score}${out === 0 ? '' : `; ${out} did not pass a gate`}.`;
}
