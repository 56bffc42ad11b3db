// The answer of the tool: what each offer costs, how well it fits, who is first, and what would change that.

import { Decimal } from 'glovebox';
import { checkCurrency, checkUnique } from './check-purchase.ts';
import { minorUnitsOf } from './money.ts';
import { createPriceScore } from './price-score.ts';
import { judge, type Quality, type Shared, shareNeeds } from './quality.ts';
import { Refusal } from './refusal.ts';
import {
  type BreakEvenReport,
  type CostReport,
  type NeedReport,
  type PointsReport,
  reportBreakEven,
  reportCost,
  reportNeeds,
  reportScore,
} from './report.ts';
import { compareScores, type Scored, scoreOffers, type ScoreRules } from './scores.ts';
import { addUpCosts, type CostRules, type TotalCost } from './total-cost.ts';
import type { ComparisonRequest, Offer, Purchase, Rate, Rates } from './types.ts';
import { findWeightFlips } from './weight-flips.ts';

/** One offer of the answer. */
export interface OfferReport {
  /** 1 is best; equals share a rank; null when a must is failed. */
  readonly rank: number | null;
  readonly name: string;
  readonly failedMusts: readonly string[];
  readonly points: PointsReport | null;
  readonly cost: CostReport;
  readonly needs: readonly NeedReport[];
  readonly breakEven: BreakEvenReport | null;
}

/** The rules the offers were compared by. */
export interface Method {
  readonly currency: string;
  readonly years: number;
  readonly discountRate: number;
  readonly payments: 'end' | 'start';
  readonly unit: string;
  /** Units by year, from year 1. */
  readonly quantities: readonly number[];
  readonly priceScore: string;
  readonly priceWeight: number;
}

/** The whole answer. */
export interface Comparison {
  readonly purchase: string;
  readonly method: Method;
  /** Best first; offers that are out come last. */
  readonly offers: readonly OfferReport[];
  /** Weights of the price beyond which another offer is first; empty when the first rank is shared. */
  readonly priceWeightFlips: readonly { readonly priceWeight: number; readonly first: string }[];
  readonly message: string;
}

/** An offer on its way. */
interface Draft {
  readonly offer: Offer;
  readonly cost: TotalCost;
  readonly rate: Rate | undefined;
  readonly quality: Quality;
}

/**
 * Compares offers.
 *
 * @throws Refusal when an offer is there twice, lacks a rate, or has costs that contradict each other
 */
export function compareOffers(purchase: Purchase, request: ComparisonRequest): Comparison {
  checkUnique(
    'offer',
    request.offers.map(({ name }) => name),
  );
  const costRules = costRulesOf(purchase, request);
  const rates = { ...purchase.rates, ...request.rates };
  const needs = shareNeeds(purchase.needs);
  const drafts = request.offers.map((offer) => draft({ costRules, needs, rates }, offer));
  const scoreRules = scoreRulesOf(purchase);
  const scored = scoreDrafts(scoreRules, drafts);
  const offers = [
    ...scored.map((each) => reportIn(scoreRules, each, { scored, drafts, currency: purchase.currency })),
    ...drafts.filter(isOut).map((each) => reportOut(each, purchase.currency)),
  ];
  return {
    purchase: purchase.purchase,
    method: {
      ...costRules,
      unit: purchase.unit,
      priceScore: purchase.priceScore === 'ratio' ? 'ratio' : `linear, nothing at ${purchase.zeroAt} times the lowest`,
      priceWeight: scoreRules.priceWeight.toNumber(),
    },
    offers,
    priceWeightFlips: flipsOf(scoreRules, scored),
    message: summarise(purchase, offers),
  };
}

function costRulesOf(purchase: Purchase, request: ComparisonRequest): CostRules {
  const years = request.years ?? purchase.years;
  const given = request.quantity ?? purchase.quantity;
  const list = typeof given === 'number' ? [given] : given;
  return {
    currency: purchase.currency,
    years,
    discountRate: request.discountRate ?? purchase.discountRate,
    payments: purchase.payments,
    quantities: Array.from({ length: years }, (_, index) => list[index] ?? list.at(-1) ?? 0),
  };
}

/** Without needs only the price counts. */
function scoreRulesOf(purchase: Purchase): ScoreRules {
  const priceWeight = new Decimal(purchase.needs.length === 0 ? 1 : purchase.priceWeight);
  return { method: createPriceScore(purchase), priceWeight };
}

/** What every offer is measured by. */
interface Measures {
  readonly costRules: CostRules;
  readonly needs: readonly Shared[];
  readonly rates: Rates;
}

function draft({ costRules, needs, rates }: Measures, offer: Offer): Draft {
  const rate = findRate(costRules.currency, rates, offer);
  return { offer, rate, cost: addUpCosts(costRules, offer, rate), quality: judge(needs, offer) };
}

function findRate(base: string, rates: Rates, { name, currency = base }: Offer): Rate | undefined {
  if (currency === base) return undefined;
  checkCurrency(currency);
  const rate = Object.hasOwn(rates, currency) ? rates[currency] : undefined;
  if (rate !== undefined) return rate;
  throw new Refusal(
    `offer "${name}" is in ${currency}, for which there is no rate; give one in rates, with date and source`,
  );
}

function isOut({ quality }: Draft): boolean {
  return quality.failedMusts.length > 0;
}

function scoreDrafts(rules: ScoreRules, drafts: readonly Draft[]): Scored[] {
  const contenders = drafts
    .filter((each) => !isOut(each))
    .map(({ cost, offer, quality }) => ({ name: offer.name, price: cost.presentValue, quality }));
  return contenders.length === 0 ? [] : scoreOffers(rules, contenders);
}

interface Field {
  readonly scored: readonly Scored[];
  readonly drafts: readonly Draft[];
  /** The currency of the comparison. */
  readonly currency: string;
}

function reportIn(rules: ScoreRules, offer: Scored, { currency, drafts, scored }: Field): OfferReport {
  const own = drafts.find((each) => each.offer.name === offer.name) as Draft;
  return {
    rank: scored.findIndex((each) => compareScores(each, offer) === 0) + 1,
    name: offer.name,
    failedMusts: [],
    ...reportScore(rules, offer),
    cost: costOf(own, currency),
    breakEven: reportBreakEven(rules, offer, scored, minorUnitsOf(currency)),
  };
}

function reportOut(out: Draft, currency: string): OfferReport {
  return {
    rank: null,
    name: out.offer.name,
    failedMusts: out.quality.failedMusts.map(({ need }) => need.id),
    points: null,
    cost: costOf(out, currency),
    needs: reportNeeds(out.quality),
    breakEven: null,
  };
}

function costOf({ cost, offer, rate }: Draft, currency: string): CostReport {
  return reportCost(cost, minorUnitsOf(currency), offer.currency ?? currency, rate);
}

function flipsOf(
  { priceWeight }: ScoreRules,
  [first, second, ...rest]: readonly Scored[],
): Comparison['priceWeightFlips'] {
  if (first === undefined || second === undefined || compareScores(first, second) === 0) return [];
  const flips = findWeightFlips(priceWeight, first, [second, ...rest]);
  return flips.map((flip) => ({ priceWeight: flip.priceWeight.round(4).toNumber(), first: flip.first }));
}

function summarise({ purchase, currency }: Purchase, offers: readonly OfferReport[]): string {
  const first = offers.filter(({ rank }) => rank === 1);
  const [best] = first;
  const out = offers.filter(({ rank }) => rank === null).length;
  const outText = out === 0 ? '' : ` ${out} of ${offers.length} offers fail a must.`;
  if (best?.points === null || best === undefined) return `${purchase}: no offer fulfils all musts.`;
  if (first.length > 1) {
    return `${purchase}: ${first.map(({ name }) => name).join(', ')} share the first rank with ${best.points.total} points.${outText}`;
  }
  const price = `${best.points.total} points at ${currency} ${best.cost.presentValue}`;
  return `${purchase}: ${best.name} is first with ${price}.${outText}`;
}
