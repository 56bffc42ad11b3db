// What goes in, what the tool was made with, and what comes out.

/** Monthly recurring revenue: at the start of the period, and how it moved within it. */
export interface RevenueMovement {
  readonly start: number;
  readonly new?: number;
  readonly expansion?: number;
  readonly contraction?: number;
  readonly churned?: number;
}

/** Customers at the start of the period, and how their number moved within it. */
export interface CustomerMovement {
  readonly start: number;
  readonly new?: number;
  readonly churned: number;
}

/** One way of winning customers; what it does not state is the business's. */
export interface ChannelInput {
  readonly name: string;
  readonly spend: number;
  readonly newCustomers: number;
  readonly arpaMonthly?: number;
  readonly grossMargin?: number;
  readonly monthlyChurn?: number;
}

/** A call. */
export interface Input {
  readonly months?: number;
  readonly arpaMonthly?: number;
  readonly customers?: CustomerMovement;
  readonly mrr?: RevenueMovement;
  readonly grossMargin?: number;
  readonly monthlyChurn?: number;
  readonly monthlyExpansion?: number;
  readonly retentionCurve?: readonly number[];
  readonly channels?: readonly ChannelInput[];
  readonly sharedSpend?: number;
  readonly salesEfficiency?: {
    readonly quarterRevenue: number;
    readonly priorQuarterRevenue: number;
    readonly priorQuarterSpend: number;
  };
  readonly discountRate?: number;
  readonly capYears?: number;
  readonly horizonMonths?: number;
}

/** What is compared with a benchmark. */
export type Metric =
  | 'ltvToCac'
  | 'cacPaybackMonths'
  | 'grossMargin'
  | 'netRevenueRetention'
  | 'quickRatio'
  | 'magicNumber';

/** A line that a metric should reach or stay below. */
export interface Benchmark {
  readonly title: string;
  readonly value: number;
  readonly aim: 'at least' | 'at most';
}

/** What the tool was generated with. */
export interface Setting {
  readonly business: string | null;
  readonly currency: string;
  readonly grossMargin: number | null;
  readonly discountRate: number | null;
  readonly capYears: number | null;
  readonly horizonMonths: number | null;
  readonly defaults: {
    readonly grossMargin: number;
    readonly discountRate: number;
    readonly capYears: number;
    readonly horizonMonths: number;
  };
  readonly benchmarks: Readonly<Record<Metric, Benchmark>>;
  /** Over `benchmarks`. */
  readonly ownBenchmarks: Readonly<
    Partial<Record<Metric, number | { readonly value: number; readonly source?: string }>>
  >;
}

/** Where a number comes from. `derived`: worked out from the call's customers, revenue or retention curve. */
export type Source = 'input' | 'derived' | 'context' | 'default';

/** A number the result rests on. */
export interface Assumption {
  readonly name: string;
  readonly title: string;
  readonly value: number;
  readonly unit: 'ratio' | 'ratio per month' | 'ratio per year' | 'years' | 'months';
  readonly source: Source;
  /** Whether nobody vouches for it. */
  readonly illustrative: boolean;
}

/** A number, or why there is none. */
export interface Figure {
  readonly value: number | null;
  readonly formula: string;
  readonly reason?: string;
}

/** An amount, or why there is none. */
export interface Amount {
  readonly amount: string | null;
  readonly formula: string;
  readonly reason?: string;
}

/** What one channel costs and brings. */
export interface ChannelResult {
  readonly name: string;
  readonly spend: string;
  readonly newCustomers: number;
  readonly spendShare: number | null;
  readonly customerShare: number | null;
  readonly cac: string | null;
  readonly ltv: string;
  readonly ltvToCac: number | null;
  readonly paybackMonths: number | null;
}

/** One month of an average customer of a cohort; all amounts per customer acquired. */
export interface CohortRow {
  readonly month: number;
  /** Share of the cohort still there at the end of the month. */
  readonly retention: number;
  readonly grossProfit: string;
  readonly cumulative: string;
  readonly discounted: string;
  readonly cumulativeDiscounted: string;
  /** Cumulative gross profit minus CAC; null without a CAC. */
  readonly afterCac: string | null;
}

/** A metric against its benchmark. */
export interface Check {
  readonly metric: Metric;
  readonly title: string;
  readonly value: number;
  readonly aim: Benchmark['aim'];
  readonly benchmark: number;
  readonly met: boolean;
  readonly illustrative: boolean;
  readonly source: string | null;
}

/** The answer. */
export interface UnitEconomics {
  readonly summary: string;
  readonly currency: string;
  readonly periodMonths: number;
  readonly revenue: {
    readonly arpaMonthly: string;
    readonly arpaSource: Source;
    readonly grossMargin: number;
    readonly grossProfitMonthly: string;
    /** Of the period; null without revenue movements. */
    readonly grossRetention: number | null;
    readonly netRetention: number | null;
    readonly annualGrossRetention: number | null;
    readonly annualNetRetention: number | null;
  };
  readonly churn: {
    readonly monthly: number;
    readonly annual: number;
    readonly source: Source;
    /** 1 / monthly churn; null when nobody leaves. */
    readonly lifetimeMonths: number | null;
    readonly monthlyExpansion: number;
  };
  readonly acquisition: {
    readonly spend: string;
    readonly sharedSpend: string;
    readonly newCustomers: number;
    readonly blendedCac: Amount;
    readonly paidCac: Amount;
    readonly channels: readonly ChannelResult[];
  };
  readonly ltv: {
    readonly expected: Amount;
    readonly undiscounted: Amount;
    readonly simple: Amount;
    readonly capYears: number;
  };
  readonly ltvToCac: Figure;
  readonly simpleLtvToCac: Figure;
  readonly payback: { readonly simpleMonths: Figure; readonly cohortMonth: Figure; readonly discountedMonth: Figure };
  readonly efficiency: { readonly quickRatio: Figure; readonly magicNumber: Figure };
  readonly cohort: readonly CohortRow[];
  readonly checks: readonly Check[];
  readonly assumptions: readonly Assumption[];
  readonly illustrative: readonly string[];
  readonly notes: readonly string[];
}
