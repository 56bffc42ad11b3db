// What became of a response so far.

import type { Outcome } from './types.ts';

/** Outcomes that were reported for a response. */
export interface TrackRecord {
  readonly won: number;
  readonly lost: number;
  /** The segment they come from; null = all. */
  readonly segment: string | null;
  /** How often it is expected to win, 0 to 1: (won + 1) / (won + lost + 2), so that few outcomes mean little. */
  readonly expected: number;
}

/** How often a response without outcomes is expected to win. */
export const UNTRIED = 0.5;

/**
 * Sums up what was reported, in the segment where that is known, else everywhere.
 *
 * @see https://en.wikipedia.org/wiki/Rule_of_succession
 */
export function findTrackRecord(
  outcomes: readonly Outcome[],
  responseId: string,
  segment: string | undefined,
): TrackRecord | undefined {
  const all = outcomes.filter((each) => each.responseId === responseId);
  const own = all.filter((each) => segment !== undefined && each.segment === segment);
  const counted = own.length > 0 ? own : all;
  const won = counted.reduce((sum, each) => sum + each.won, 0);
  const lost = counted.reduce((sum, each) => sum + each.lost, 0);
  if (won + lost === 0) return undefined;
  const expected = Math.round((1000 * (won + 1)) / (won + lost + 2)) / 1000;
  return { won, lost, segment: own.length > 0 ? (segment ?? null) : null, expected };
}
