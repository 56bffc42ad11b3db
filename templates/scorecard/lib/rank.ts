// The order of candidates by exact score, and what lies behind a tie.

import { compareTallies, type Tally, type TallyRow } from './tally.ts';

/** Candidates that share a rank. */
export interface Tie {
  readonly rank: number;
  readonly names: readonly string[];
  /** Where they differ, with the one of them that is best there (the first of several). */
  readonly leads: readonly { readonly criterion: string; readonly name: string }[];
  readonly explanation: string;
}

/** A candidate and its rank; null = not ranked. */
export interface Ranked {
  readonly tally: Tally;
  readonly rank: number | null;
}

/**
 * Ranks those that passed all gates, best first; who is exactly equal shares a rank, and the next ranks are left out (1, 1, 3).
 * Those that are not ranked follow, in the order of their scores too. Equals keep the order of the call.
 */
export function rank(tallies: readonly Tally[]): Ranked[] {
  const sorted = tallies.toSorted(compareTallies);
  const eligible = sorted.filter(isEligible);
  const ranked = eligible.map((each) => ({
    tally: each,
    rank: eligible.findIndex((other) => compareTallies(other, each) === 0) + 1,
  }));
  return [...ranked, ...sorted.filter((each) => !isEligible(each)).map((each) => ({ tally: each, rank: null }))];
}

/** The ties among ranked candidates. */
export function findTies(ranked: readonly Ranked[]): Tie[] {
  const groups = Map.groupBy(ranked, (each) => each.rank);
  return [...groups]
    .filter((group): group is [number, Ranked[]] => group[0] !== null && group[1].length > 1)
    .map(([place, group]) =>
      explainTie(
        place,
        group.map(({ tally }) => tally),
      ),
    );
}

function isEligible({ gateFailures }: Tally): boolean {
  return gateFailures.length === 0;
}

function explainTie(place: number, tied: readonly Tally[]): Tie {
  const leads = (tied[0]?.rows ?? []).flatMap((row, index) => {
    const rows = tied.map((each) => each.rows[index] ?? row);
    if (rows.every((each) => isSame(each, row))) return [];
    const best = rows.reduce((top, each) => (each.worth > top.worth ? each : top));
    return [{ criterion: row.criterion.id, name: tied[rows.indexOf(best)]?.name ?? '' }];
  });
  const names = tied.map(({ name }) => name);
  const which = leads.map(({ criterion, name }) => `${name} in ${criterion}`).join(', ');
  return {
    rank: place,
    names,
    leads,
    explanation:
      leads.length === 0
        ? `${names.join(', ')} are worth the same in every criterion.`
        : `${names.join(', ')} have exactly the same score by different ways; best: ${which}.`,
  };
}

function isSame(a: TallyRow, b: TallyRow): boolean {
  return a.worth === b.worth && a.isSkipped === b.isSkipped;
}
