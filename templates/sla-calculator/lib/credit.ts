// What is owed when the availability that was promised is missed.

import { Decimal } from 'glovebox';
import { currency, write } from './money.ts';
import { toRatio } from './ratio.ts';
import { Refusal } from './refusal.ts';
import type { CreditResult, CreditTier } from './types.ts';

/**
 * The tier with the lowest bound above what was achieved, and its share of the fee.
 *
 * @param fee undefined where it is not known: the share is then all there is to say
 * @throws Refusal when a worse availability would be credited less
 */
export function creditFor(
  achieved: Decimal,
  tiers: readonly CreditTier[],
  fee: number | undefined,
  code: string,
): CreditResult {
  const unit = currency(code);
  const reached = sortTiers(tiers).filter(({ below }) => achieved.lt(below));
  const tier = reached[0] ?? null;
  const share = tier?.credit ?? 0;
  return {
    achieved: toRatio(achieved),
    tier,
    creditShare: share,
    fee: fee === undefined ? null : write(new Decimal(fee), unit),
    credit: fee === undefined ? null : write(new Decimal(fee).times(share), unit),
    currency: unit.code,
  };
}

/** Lowest bound first. */
function sortTiers(tiers: readonly CreditTier[]): readonly CreditTier[] {
  const sorted = tiers.toSorted((a, b) => a.below - b.below);
  sorted.forEach(({ below, credit }, index) => {
    const next = sorted[index + 1];
    if (next !== undefined && (next.below === below || next.credit > credit)) {
      throw new Refusal(`credit tiers: below ${next.below} gives ${next.credit}, below ${below} only ${credit}`);
    }
  });
  return sorted;
}
