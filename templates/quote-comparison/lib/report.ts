// Offers as people read them: money as decimal text in minor units, points that add up.

import { Decimal } from 'glovebox';
import { type BreakEven, findBreakEven } from './break-even.ts';
import { write } from './money.ts';
import type { NeedRow, Quality } from './quality.ts';
import { compareScores, roundPoints, type Scored, type ScoreRules, SIGNIFICANT_DIGITS } from './scores.ts';
import type { TotalCost } from './total-cost.ts';
import type { Due, Rate } from './types.ts';

/** What an offer costs, in the currency of the comparison; the last year's row holds exit costs. */
export interface CostReport {
  readonly total: string;
  readonly presentValue: string;
  readonly items: readonly {
    readonly item: string;
    readonly due: Due;
    /** From year 0, the purchase. */
    readonly years: readonly string[];
    readonly total: string;
  }[];
  readonly years: readonly { readonly year: number; readonly amount: string; readonly presentValue: string }[];
  /** The currency of the offer, and the rate it was converted at; null when it is that of the comparison. */
  readonly offeredIn: string;
  readonly rate: Rate | null;
}

/** How far a need is fulfilled, and what that gives. */
export interface NeedReport {
  readonly need: string;
  readonly title: string;
  readonly must: boolean;
  readonly fulfilment: number;
  /** Whether the offer says so; what nobody stated counts as 0. */
  readonly stated: boolean;
  readonly share: number;
  /** Null when the offer is out. */
  readonly points: number | null;
}

/** An offer's points out of a hundred: those of the price and of all needs add up to `total`. */
export interface PointsReport {
  readonly total: number;
  readonly price: number;
  readonly quality: number;
}

/** The price, as a present value, that would tip the ranking. */
export interface BreakEvenReport {
  readonly status: 'at-price' | 'any-price' | 'never';
  readonly presentValue: string | null;
  /** From the present price; below zero = cheaper. */
  readonly change: string | null;
  /** As a share of the present price; -0.1 = 10 % off all costs. Null also when the offer costs nothing. */
  readonly changeRatio: number | null;
  readonly explanation: string;
}

const RATIO_DIGITS = 4;

/** Costs as text. */
export function reportCost(cost: TotalCost, digits: number, offeredIn: string, rate: Rate | undefined): CostReport {
  const text = (amount: Decimal): string => write(amount, digits);
  return {
    total: text(cost.total),
    presentValue: text(cost.presentValue),
    items: cost.rows.map((row) => ({
      item: row.cost.item,
      due: row.cost.due,
      years: row.amounts.map(text),
      total: text(row.total),
    })),
    years: cost.years.map(({ amount, presentValue, year }) => ({
      year,
      amount: text(amount),
      presentValue: text(presentValue),
    })),
    offeredIn,
    rate: rate ?? null,
  };
}

/** Points of an offer that is in, price and needs rounded so that they add up. */
export function reportScore({ priceWeight }: ScoreRules, offer: Scored): { points: PointsReport; needs: NeedReport[] } {
  const qualityWeight = new Decimal(1).minus(priceWeight);
  const exact = [
    priceWeight.times(offer.priceScore),
    ...offer.quality.rows.map(({ fulfilment, share }) => qualityWeight.times(share).times(fulfilment)),
  ];
  const { parts, total } = roundPoints(exact.map((part) => part.times(100)));
  const [price = new Decimal(0), ...needs] = parts;
  return {
    points: { total: total.toNumber(), price: price.toNumber(), quality: total.minus(price).toNumber() },
    needs: reportNeeds(offer.quality, needs),
  };
}

/** Needs of an offer; without points when it is out. Shares are rounded so that they add up to 1. */
export function reportNeeds({ rows }: Quality, points?: readonly Decimal[]): NeedReport[] {
  const shares = roundPoints(
    rows.map(({ share }) => share),
    RATIO_DIGITS,
  ).parts;
  return rows.map(({ fulfilment, isStated, need }: NeedRow, index) => ({
    need: need.id,
    title: need.title ?? need.id,
    must: need.must,
    fulfilment: fulfilment.toNumber(),
    stated: isStated,
    share: shares[index]?.toNumber() ?? 0,
    points: points?.[index]?.toNumber() ?? null,
  }));
}

/** Where an offer's price tips the ranking; null without another offer. */
export function reportBreakEven(
  rules: ScoreRules,
  offer: Scored,
  all: readonly Scored[],
  digits: number,
): BreakEvenReport | null {
  const others = all.filter((each) => each !== offer);
  if (others.length === 0) return null;
  const isFirst = others.every((other) => compareScores(offer, other) <= 0);
  return describe(findBreakEven(rules, offer, others), offer, isFirst, digits);
}

function describe(breakEven: BreakEven, { price }: Scored, isFirst: boolean, digits: number): BreakEvenReport {
  const none = { presentValue: null, change: null, changeRatio: null };
  switch (breakEven.kind) {
    case 'any-price':
      return { status: 'any-price', ...none, explanation: 'First whatever it costs: what it fulfils is enough.' };
    case 'never':
      return { status: 'never', ...none, explanation: 'Not first even for nothing: it would have to fulfil more.' };
    case 'up-to': {
      // Cut, not rounded: at the price shown the offer is still first.
      const at = breakEven.price.round(SIGNIFICANT_DIGITS).round(digits, Decimal.roundDown);
      const change = at.minus(price);
      const text = write(at, digits);
      return {
        status: 'at-price',
        presentValue: text,
        change: write(change, digits),
        changeRatio: price.eq(0) ? null : floorRatio(change.div(price)),
        explanation: isFirst ? `First up to a price of ${text}.` : `First at a price of ${text} or less.`,
      };
    }
  }
}

/** Rounded down, below zero too: with the change shown the offer is still first. */
function floorRatio(ratio: Decimal): number {
  return ratio.round(RATIO_DIGITS, ratio.lt(0) ? Decimal.roundUp : Decimal.roundDown).toNumber();
}
