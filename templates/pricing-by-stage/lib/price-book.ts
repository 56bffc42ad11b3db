// What a context holds: the price book, the value it brings, and who may give how much away.

/** What a deal goes through; each stage may say more than the one before. */
export type Stage = 'discovery' | 'negotiation' | 'closing';

/** How often a price falls due; `once` is paid one time, whatever the term. */
export type Period = 'month' | 'year' | 'once';

/** A quantity from which a discount holds. Ratios run from 0 to 1. */
export interface Band {
  readonly from: number;
  readonly discount: number;
}

/** What one can buy. */
export interface Plan {
  readonly id: string;
  readonly title?: string;
  /** Whom it is for, in words: shown before any price is. */
  readonly suits?: string;
  /** List price per unit and period, in the book's currency. */
  readonly price: number;
  readonly unit: string;
  readonly period: Period;
  readonly minQuantity: number;
  readonly maxQuantity?: number;
  readonly volume: {
    /** `graduated`: each slice of the quantity at its band's discount. `volume`: all of it at the band it reaches. */
    readonly mode: 'graduated' | 'volume';
    readonly bands: readonly Band[];
  };
}

/** What one can buy on top of a plan. */
export interface AddOn {
  readonly id: string;
  readonly title?: string;
  readonly price: number;
  /** Charged for each unit of the plan, or once per order. */
  readonly per: 'unit' | 'order';
  readonly period: Period;
  /** Plans it goes with; empty = all. */
  readonly plans: readonly string[];
  /** Whether term and negotiated discounts apply. */
  readonly discountable: boolean;
}

/** A length of contract. */
export interface Term {
  readonly months: number;
  readonly discount: number;
}

/** Someone who may approve discounts up to a ratio. */
export interface Approval {
  readonly upTo: number;
  readonly by: string;
}

/** A tax by name, as a ratio of the net amount. */
export interface Tax {
  readonly name: string;
  readonly rate: number;
}

/** The taxes of a price book. */
export interface TaxRules {
  /** Whether list prices contain the taxes. */
  readonly pricesInclude: boolean;
  /** Where taxes are rounded to the currency's minor unit. */
  readonly roundPer: 'line' | 'total';
  readonly regions: readonly { readonly region: string; readonly taxes: readonly Tax[] }[];
}

/** An outcome a customer can expect, without a price. */
export interface ValueDriver {
  readonly outcome: string;
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  /** Scales with the quantity, or holds for the customer as a whole. */
  readonly per: 'unit' | 'customer';
  /** Where the numbers come from; without one they count as illustrative. */
  readonly source?: string;
}

/** What one may know of a plan before any price. A field that is not listed here does not pass. */
const OUTLINE = [
  'id',
  'title',
  'suits',
  'unit',
  'minQuantity',
  'maxQuantity',
] as const satisfies readonly (keyof Plan)[];

/** A plan without its price. */
export type PlanOutline = Pick<Plan, (typeof OUTLINE)[number]>;

/** Everything but prices: all that the discovery stage is given, so that it cannot leak one. */
export interface ValueBook {
  readonly product: string;
  readonly illustrative: boolean;
  readonly plans: readonly PlanOutline[];
  readonly value: readonly ValueDriver[];
  readonly questions: readonly string[];
}

/** The whole context. */
export interface PriceBook extends ValueBook {
  readonly currency: string;
  readonly rounding: 'half-up' | 'half-even';
  readonly plans: readonly Plan[];
  readonly addOns: readonly AddOn[];
  /** The first is the usual one. */
  readonly terms: readonly Term[];
  /** The largest discount that needs nobody's approval. */
  readonly discountAuthority: number;
  /** Ascending. */
  readonly approvals: readonly Approval[];
  readonly taxes: TaxRules;
  readonly offer: { readonly validDays: number; readonly terms: readonly string[] };
}

/** What the tool is asked; which fields matter depends on the stage. */
export interface PricingRequest {
  readonly stage: Stage;
  readonly plan?: string;
  readonly quantity?: number;
  readonly termMonths?: number;
  readonly requestedDiscount?: number;
  readonly region?: string;
  readonly addOns?: readonly string[];
}

/** The name of a plan or add-on as people read it. */
export function titleOf(item: { readonly id: string; readonly title?: string }): string {
  return item.title ?? item.id;
}

/**
 * A price book without its prices.
 *
 * SECURITY: discovery sees nothing else of the book; test/unit/templates/pricing-by-stage.test.ts ("is not given the
 * prices in the first place") holds it.
 */
export function withoutPrices({ product, illustrative, plans, value, questions }: PriceBook): ValueBook {
  return {
    product,
    illustrative,
    plans: plans.map(outlineOf),
    value,
    questions,
  };
}

function outlineOf(plan: Plan): PlanOutline {
  return Object.fromEntries(OUTLINE.filter((key) => key in plan).map((key) => [key, plan[key]])) as PlanOutline;
}
