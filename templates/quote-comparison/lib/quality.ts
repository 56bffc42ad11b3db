// How well an offer does what is needed, and which musts it fails.

import { Decimal } from 'glovebox';
import { sum } from './money.ts';
import type { Fulfilment, Need, Offer } from './types.ts';

/** One need of one offer. */
export interface NeedRow {
  readonly need: Need;
  /** 0 to 1; what nobody stated counts as 0. */
  readonly fulfilment: Decimal;
  readonly isStated: boolean;
  /** Share of all weights, 0 to 1. */
  readonly share: Decimal;
}

/** How well an offer fits. */
export interface Quality {
  readonly rows: readonly NeedRow[];
  /** Σ share × fulfilment, 0 to 1; 0 without needs. */
  readonly ratio: Decimal;
  readonly failedMusts: readonly NeedRow[];
}

const WORDS: Readonly<Record<Extract<Fulfilment, string>, number>> = { no: 0, partly: 0.5, yes: 1 };

/** A need with its share of all weights, which is 0 for all of them when nothing weighs anything. */
export type Shared = Pick<NeedRow, 'need' | 'share'>;

/** Works out the shares of the needs' weights. */
export function shareNeeds(needs: readonly Need[]): Shared[] {
  const weights = sum(needs.map(({ weight }) => new Decimal(weight)));
  return needs.map((need) => ({ need, share: weights.eq(0) ? weights : new Decimal(need.weight).div(weights) }));
}

/** Judges an offer by the needs. */
export function judge(needs: readonly Shared[], offer: Offer): Quality {
  const rows = needs.map(({ need, share }) => {
    const stated = offer.needs !== undefined && Object.hasOwn(offer.needs, need.id) ? offer.needs[need.id] : undefined;
    const fulfilment = new Decimal(typeof stated === 'string' ? WORDS[stated] : (stated ?? 0));
    return { need, fulfilment, isStated: stated !== undefined, share };
  });
  return {
    rows,
    ratio: sum(rows.map(({ fulfilment, share }) => share.times(fulfilment))),
    failedMusts: rows.filter(({ fulfilment, need }) => need.must && fulfilment.lt(need.atLeast)),
  };
}
