// The availability of a whole from that of its parts, which fail independently. Everything is computed on unavailabilities
// and only adds and multiplies positive numbers, so that nothing is lost near 1, where availabilities live.

import { Decimal } from 'glovebox';
import type { Objective } from './budget.ts';
import { DAY_SECONDS, duration, PERIOD_DAYS } from './durations.ts';
import { Refusal } from './refusal.ts';
import type { SystemPart, SystemResult } from './types.ts';

/** Parts after copies are counted out: each is tried as perfect, and a k-of-n of n parts takes n² steps. */
const MAX_PARTS = 60;
const MAX_DEPTH = 8;

/** @throws Refusal when it has too many parts or levels, or needs more parts than it has */
export function composeSystem(root: SystemPart, { target }: Objective): SystemResult {
  checkPart(root, 1);
  if ((root.copies ?? 1) > 1) throw new Refusal('copies of the whole system: put it under parallel, serial or of');
  const leaves = leavesOf(root);
  const size = countParts(root);
  if (size > MAX_PARTS)
    throw new Refusal(`the system has ${size} parts with their copies, over the ${MAX_PARTS} there may be`);
  const down = unavailability(root, undefined);
  const parts = leaves.map((leaf, index) => {
    const left = unavailability(root, leaf);
    return {
      name: leaf.name ?? `part ${index + 1}`,
      availability: leaf.availability,
      copies: leaf.copies ?? 1,
      systemIfPerfect: toAvailability(left),
      savedPerMonth: perMonth(down - left),
    };
  });
  return {
    availability: toAvailability(down),
    unavailability: Number(down.toPrecision(6)),
    meetsTarget: new Decimal(down.toPrecision(12)).lte(new Decimal(1).minus(target)),
    downtimePerMonth: perMonth(down),
    parts: parts.toSorted((a, b) => b.savedPerMonth.seconds - a.savedPerMonth.seconds),
  };
}

type Leaf = Extract<SystemPart, { readonly availability: number }>;

function checkPart(part: SystemPart, depth: number): void {
  if (depth > MAX_DEPTH) throw new Refusal(`the system is nested deeper than ${MAX_DEPTH} levels`);
  const children = childrenOf(part);
  for (const child of children) checkPart(child, depth + 1);
  if (!('atLeast' in part)) return;
  const count = children.reduce((total, { copies = 1 }) => total + copies, 0);
  if (part.atLeast > count)
    throw new Refusal(`atLeast is ${part.atLeast}, and there are ${count} parts to choose from`);
}

function childrenOf(part: SystemPart): readonly SystemPart[] {
  if ('serial' in part) return part.serial;
  if ('parallel' in part) return part.parallel;
  return 'of' in part ? part.of : [];
}

function leavesOf(part: SystemPart): readonly Leaf[] {
  return 'availability' in part ? [part] : childrenOf(part).flatMap(leavesOf);
}

function countParts(part: SystemPart): number {
  const within = 'availability' in part ? 1 : childrenOf(part).reduce((total, child) => total + countParts(child), 0);
  return within * (part.copies ?? 1);
}

/** @param perfect a leaf that never fails, with all its copies */
function unavailability(part: SystemPart, perfect: Leaf | undefined): number {
  if (part === perfect) return 0;
  if ('availability' in part) return Number(new Decimal(1).minus(part.availability));
  const downs = childrenOf(part).flatMap((child) => {
    const down = unavailability(child, perfect);
    return Array.from({ length: child.copies ?? 1 }, () => down);
  });
  if ('serial' in part) return downs.reduce((all, down) => all + down - all * down, 0);
  if ('parallel' in part) return downs.reduce((all, down) => all * down, 1);
  return 'atLeast' in part ? fewerThan(part.atLeast, downs) : 0;
}

/** The probability that fewer than k are up: a sum over how many are (Poisson binomial distribution). */
function fewerThan(k: number, downs: readonly number[]): number {
  // up[j]: the probability that exactly j of the parts so far are up.
  const up = downs.reduce<readonly number[]>(
    (soFar, down) =>
      Array.from({ length: soFar.length + 1 }, (_, j) => (soFar[j] ?? 0) * down + (soFar[j - 1] ?? 0) * (1 - down)),
    [1],
  );
  return up.slice(0, k).reduce((total, probability) => total + probability, 0);
}

function toAvailability(down: number): number {
  return Number((1 - down).toFixed(12));
}

function perMonth(down: number): SystemResult['downtimePerMonth'] {
  return duration(new Decimal(Math.max(down, 0)).times(PERIOD_DAYS.month * DAY_SECONDS));
}
