// A purchase as a context describes it, and offers as calls bring them.

/** What one unit of a currency is in the currency of the comparison, and who says so. */
export interface Rate {
  readonly rate: number;
  /** ISO day. */
  readonly date: string;
  readonly source: string;
}

export type Rates = Readonly<Record<string, Rate>>;

export interface Need {
  readonly id: string;
  readonly title?: string;
  readonly weight: number;
  readonly must: boolean;
  /** Fulfilment that is enough for a must, 0 to 1. */
  readonly atLeast: number;
}

/** The purchase: the rules all offers are compared by. */
export interface Purchase {
  readonly purchase: string;
  readonly currency: string;
  readonly years: number;
  readonly discountRate: number;
  /** When the costs of a year count as paid. */
  readonly payments: 'end' | 'start';
  readonly unit: string;
  readonly quantity: number | readonly number[];
  readonly rates: Rates;
  readonly needs: readonly Need[];
  /** 0 to 1; the rest is quality. */
  readonly priceWeight: number;
  readonly priceScore: 'ratio' | 'linear';
  readonly zeroAt: number;
}

/** When a cost falls due. */
export type Due = 'once' | 'monthly' | 'yearly' | 'exit';

/** One cost of an offer, in the offer's currency; below zero for a credit. */
export interface Cost {
  readonly item: string;
  readonly amount: number;
  readonly due: Due;
  /** Whether the amount is for one unit. @default false */
  readonly perUnit?: boolean;
  /** Price increase per year, from the year after the first. @default 0 */
  readonly growth?: number;
  /** First year. @default 0 for `once`, 1 for what recurs */
  readonly from?: number;
  /** Last year of what recurs. @default the last of the comparison */
  readonly to?: number;
}

/** How far a need is fulfilled: in words, or from 0 to 1. */
export type Fulfilment = 'no' | 'partly' | 'yes' | number;

export interface Offer {
  readonly name: string;
  /** @default the currency of the comparison */
  readonly currency?: string;
  readonly costs: readonly Cost[];
  readonly needs?: Readonly<Record<string, Fulfilment>>;
}

/** What the tool is asked. */
export interface ComparisonRequest {
  readonly offers: readonly Offer[];
  readonly years?: number;
  readonly discountRate?: number;
  readonly quantity?: number | readonly number[];
  readonly rates?: Rates;
}
