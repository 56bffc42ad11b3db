// The shapes of the calculator: what it is built with, what it is given, what it answers.
// Pure types without imports, so that tests and tools can share them. Ratios are 0–1 shares: 0.1 is 10 %.

/** Where a benchmark was published. */
export interface Citation {
  readonly title: string;
  readonly publisher: string;
  readonly year: number;
  readonly url: string;
}

/** A benchmark number: cited, or marked as illustrative. */
export interface Benchmark {
  readonly value: number;
  readonly illustrative: boolean;
  readonly citation?: Citation;
}

export type Unit = 'count' | 'money' | 'ratio' | 'hours' | 'weeks';

/** One number a driver's formula multiplies. */
export interface FactorModel {
  readonly title: string;
  readonly unit: Unit;
  /** Facts describe the customer and have no benchmark; the others are assumptions. */
  readonly fact: boolean;
  readonly maximum: number;
  readonly description: string;
}

/** A benchmark-based value driver: the product of its factors. */
export interface DriverModel {
  readonly title: string;
  readonly factors: readonly string[];
  readonly multiplier?: { readonly value: number; readonly title: string };
  /** Lower-case fragments that tie a pain point to this driver. */
  readonly keywords: readonly string[];
}

/** A benchmark the maker of the tool gave instead of the pack's. */
export type BenchmarkOverride = number | { readonly value: number; readonly source?: string };

/** Everything fixed when the tool was generated. */
export interface Setting {
  readonly customer: {
    readonly name?: string;
    readonly industry: string;
    readonly size?: string | number;
    readonly pain_points: readonly string[];
  };
  readonly currency: string;
  /** What the context asks for; null falls back to {@link Setting.defaults}. */
  readonly discountRate: number | null;
  readonly horizonYears: number | null;
  readonly defaults: { readonly discountRate: number; readonly horizonYears: number; readonly swing: number };
  /** Pain point → key of {@link Setting.drivers}, over the keywords. */
  readonly painPointDrivers: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, BenchmarkOverride>>;
  readonly pack: { readonly name: string; readonly title: string };
  readonly packBenchmarks: Readonly<Record<string, Benchmark>>;
  readonly generalBenchmarks: Readonly<Record<string, Benchmark>>;
  readonly drivers: Readonly<Record<string, DriverModel>>;
  readonly factors: Readonly<Record<string, FactorModel>>;
}

/** One value driver as a caller states it: exactly one of `annualAmount`, `amounts` and `kind`. */
export interface BenefitInput {
  readonly name?: string;
  readonly annualAmount?: number;
  /** Years 1, 2, 3 …; taken as they are, years that are not listed are zero. */
  readonly amounts?: readonly number[];
  readonly kind?: string;
  /** Factor values for this driver alone. */
  readonly values?: Readonly<Record<string, number>>;
  readonly rampUp?: readonly number[];
  readonly growth?: number;
}

/** How benefits and costs differ from plan in a scenario; 1 is as planned. */
export interface ScenarioInput {
  readonly benefits: number;
  readonly costs: number;
}

export interface Input {
  readonly investment: number;
  readonly annualCost?: number;
  readonly costSchedule?: readonly number[];
  readonly costGrowth?: number;
  readonly annualBenefit?: number;
  readonly benefits?: readonly BenefitInput[];
  readonly customers?: number;
  readonly arpaMonthly?: number;
  readonly employees?: number;
  readonly annualRevenue?: number;
  readonly annualCostBase?: number;
  readonly downtimeHours?: number;
  readonly assumptions?: Readonly<Record<string, number>>;
  readonly rampUp?: readonly number[];
  readonly benefitGrowth?: number;
  readonly years?: number;
  readonly discountRate?: number;
  readonly taxRate?: number;
  readonly depreciationYears?: number;
  readonly sensitivity?: {
    readonly swing?: number;
    readonly worst?: ScenarioInput;
    readonly best?: ScenarioInput;
  };
}

export type Source = 'input' | 'context' | 'benchmark' | 'estimate' | 'default';

/** One number the result rests on, and where it came from. */
export interface Assumption {
  readonly name: string;
  readonly title: string;
  readonly value: number;
  readonly unit: Unit | 'years';
  readonly source: Source;
  readonly illustrative: boolean;
  /** Names of the drivers that use it; empty for those that concern the whole case. */
  readonly usedBy: readonly string[];
  readonly note?: string;
  readonly citation?: Citation;
}

/** A ratio, or the reason why there is none. */
export interface Ratio {
  readonly ratio: number | null;
  readonly percent: number | null;
  readonly reason?: string;
}

/** A time in months from the investment, or the reason why there is none. */
export interface Months {
  readonly months: number | null;
  readonly reason?: string;
}

export interface InternalRate extends Ratio {
  /** How often the net cash flow changes its sign; more than 1 means that the rate may be ambiguous. */
  readonly signChanges: number;
  /** Every rate at which the NPV is zero, ascending. */
  readonly candidates: readonly number[];
}

/** A row of the cash-flow table. Amounts are decimal strings. */
export interface CashFlowRow {
  readonly year: number;
  readonly costs: string;
  readonly benefits: string;
  readonly byDriver: readonly { readonly driver: string; readonly amount: string }[];
  readonly tax: string;
  readonly net: string;
  readonly cumulative: string;
  readonly discounted: string;
  readonly cumulativeDiscounted: string;
}

export interface DriverResult {
  readonly driver: string;
  readonly kind: string;
  readonly formula: string;
  readonly fullYearAmount: string | null;
  readonly total: string;
  readonly presentValue: string;
}

export interface TornadoBar {
  readonly variable: string;
  readonly npvAtLow: string;
  readonly npvAtHigh: string;
  readonly swing: string;
}

export interface ScenarioResult {
  readonly scenario: 'worst' | 'base' | 'best';
  readonly benefits: number;
  readonly costs: number;
  readonly npv: string;
  readonly roiPercent: number | null;
  readonly paybackMonths: number | null;
}

/** What a run answers. */
export interface BusinessCase {
  readonly summary: string;
  readonly currency: string;
  readonly years: number;
  readonly discountRate: number;
  readonly totals: {
    readonly costs: string;
    readonly benefits: string;
    readonly tax: string;
    readonly net: string;
  };
  readonly npv: string;
  readonly roi: Ratio;
  readonly irr: InternalRate;
  readonly payback: Months;
  readonly discountedPayback: Months;
  readonly benefitCostRatio: { readonly ratio: number | null; readonly reason?: string };
  readonly breakEven: {
    readonly benefitShare: number | null;
    readonly averageAnnualBenefit: string | null;
    readonly reason?: string;
  };
  readonly cashFlow: readonly CashFlowRow[];
  readonly drivers: readonly DriverResult[];
  readonly sensitivity: {
    readonly swing: number;
    readonly tornado: readonly TornadoBar[];
    readonly scenarios: readonly ScenarioResult[];
  };
  readonly skippedDrivers: readonly {
    readonly kind: string;
    readonly title: string;
    readonly missing: readonly string[];
  }[];
  readonly assumptions: readonly Assumption[];
  readonly illustrative: readonly string[];
  readonly industry: { readonly requested: string; readonly pack: string; readonly matched: boolean };
  readonly painPoints: readonly { readonly painPoint: string; readonly drivers: readonly string[] }[];
  readonly notes: readonly string[];
}
