// How far each weight may change, all others as they are, before somebody else wins.

import { WEIGHT_DIGITS } from './digits.ts';
import type { Tally } from './tally.ts';

/** A change of one weight that makes another candidate win. */
export interface Flip {
  readonly criterion: string;
  readonly weight: number;
  /** The weight at which both are equal; beyond it the other one wins. */
  readonly toWeight: number;
  /** The share of all weights that `toWeight` is. */
  readonly toShare: number;
  readonly newWinner: string;
}

/** One weight on its way: what it weighs now, and the sum of the others. */
interface Lever {
  readonly index: number;
  readonly criterion: string;
  readonly weight: number;
  readonly others: number;
}

/** A candidate's score as the weight w changes: (points + w × worth) / (weight + w × counts). */
interface Course {
  readonly name: string;
  readonly points: number;
  readonly worth: number;
  readonly weight: number;
  /** 0 when the criterion is left out for the candidate. */
  readonly counts: 0 | 1;
}

/** A weight at which the winner and another are equal. */
interface Meeting {
  readonly at: number;
  readonly newWinner: string;
}

const WEIGHT_UNIT = 10 ** WEIGHT_DIGITS;
/** Weights nearer to zero than this are zero, and calculated with binary fractions. */
const SMALLEST_WEIGHT = 1e-9;

/**
 * For each criterion the nearest weight below and above the present one at which the winner changes; the change that moves a
 * share least comes first. A criterion that is not among them cannot change the winner alone.
 *
 * Where the winner's score meets another's, both fractions of a weight w are equal, which is a quadratic equation in w; it is a
 * linear one unless a criterion is left out for one of the two.
 *
 * @param tallies the ranked candidates, the single winner first
 */
export function findFlips([winner, ...others]: readonly Tally[]): Flip[] {
  if (winner === undefined) return [];
  const weights = winner.rows.map(({ criterion }) => criterion.weight);
  const total = weights.reduce((a, b) => a + b, 0);
  return winner.rows
    .flatMap(({ criterion: { id, weight } }, index) => {
      const lever = { index, criterion: id, weight, others: total - weight };
      const own = courseOf(winner, lever);
      const meetings = others.flatMap((other) =>
        meet(own, courseOf(other, lever)).map((at) => ({ at, newWinner: other.name })),
      );
      const ends = [
        nearest(
          lever,
          meetings.filter(({ at }) => at < weight),
        ),
        nearest(
          lever,
          meetings.filter(({ at }) => at > weight),
        ),
      ];
      return ends.filter((end) => end !== undefined).map((end) => ({ lever, ...end }));
    })
    .toSorted((a, b) => movement(a) - movement(b))
    .map(flipOf);
}

function courseOf({ name, rows, points, weight }: Tally, { index }: Lever): Course {
  const row = rows[index];
  const own = row?.weight ?? 0n;
  const worth = row?.worth ?? 0n;
  return {
    name,
    points: Number(points - own * worth) / WEIGHT_UNIT,
    worth: Number(worth),
    weight: Number(weight - own) / WEIGHT_UNIT,
    counts: row?.isSkipped === true ? 0 : 1,
  };
}

/** The weights above zero at which two courses cross: roots of (p₁ + w·n₁)(d₂ + w·k₂) = (p₂ + w·n₂)(d₁ + w·k₁). */
function meet(a: Course, b: Course): number[] {
  const square = a.worth * b.counts - b.worth * a.counts;
  const linear = a.points * b.counts + a.worth * b.weight - b.points * a.counts - b.worth * a.weight;
  const constant = a.points * b.weight - b.points * a.weight;
  // With equal weights beside it, one root is minus that weight: nobody's.
  const roots =
    a.counts === b.counts && a.weight === b.weight
      ? solveLinear(square, a.points - b.points)
      : solveQuadratic(square, linear, constant);
  const isReal = (w: number): boolean =>
    w > SMALLEST_WEIGHT && a.weight + w * a.counts > 0 && b.weight + w * b.counts > 0;
  return roots.filter(isReal);
}

function solveLinear(slope: number, constant: number): number[] {
  return slope === 0 ? [] : [-constant / slope];
}

/** The places where the sign changes: a touching root is none. */
function solveQuadratic(a: number, b: number, c: number): number[] {
  if (a === 0) return solveLinear(b, c);
  const discriminant = b * b - 4 * a * c;
  if (discriminant <= 0) return [];
  // Adds what has the same sign, so that no digits cancel.
  const q = -(b + (b < 0 ? -1 : 1) * Math.sqrt(discriminant)) / 2;
  return q === 0 ? [0] : [q / a, c / q];
}

function nearest({ weight }: Lever, meetings: readonly Meeting[]): Meeting | undefined {
  return meetings.toSorted((a, b) => Math.abs(a.at - weight) - Math.abs(b.at - weight))[0];
}

/** How far the share of the weight moves. */
function movement({ lever, at }: Meeting & { readonly lever: Lever }): number {
  return Math.abs(shareAt(lever, at) - shareAt(lever, lever.weight));
}

function shareAt({ others }: Lever, weight: number): number {
  return weight / (weight + others);
}

function flipOf({ lever, at, newWinner }: Meeting & { readonly lever: Lever }): Flip {
  const { criterion, weight } = lever;
  return { criterion, weight, toWeight: roundTo(at, 6), toShare: roundTo(shareAt(lever, at), 4), newWinner };
}

function roundTo(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
