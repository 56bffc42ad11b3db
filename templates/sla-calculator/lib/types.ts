// What goes in, what the tool was made with, and what comes out.

export type Period = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** A part of a system. Parts fail independently of each other: that is what all the formulas rest on. */
export type SystemPart = {
  readonly name?: string;
  /** How often the part stands in the list it is in; 1 when absent. */
  readonly copies?: number;
} & (
  | { readonly availability: number }
  /** Up when all are. */
  | { readonly serial: readonly SystemPart[] }
  /** Up when any is. */
  | { readonly parallel: readonly SystemPart[] }
  /** Up when so many are. */
  | { readonly atLeast: number; readonly of: readonly SystemPart[] }
);

/** What was used of an error budget so far: time the service was down, or events that went wrong. */
export type Consumption =
  | { readonly badSeconds: number; readonly elapsedDays: number }
  | {
      readonly badEvents: number;
      readonly totalEvents: number;
      readonly elapsedDays: number;
      readonly expectedEvents?: number;
    };

export interface Incident {
  readonly title?: string;
  /** ISO 8601 with an offset. */
  readonly start: string;
  /** Absent while it lasts. */
  readonly end?: string;
  /** Share of the service that was down; 1 when absent. */
  readonly impact?: number;
  readonly planned?: boolean;
}

/** A call. */
export interface Input {
  readonly target?: number;
  readonly windowDays?: number;
  readonly downtime?: { readonly seconds: number; readonly per: Period };
  readonly consumption?: Consumption;
  readonly errorRatios?: readonly { readonly minutes: number; readonly ratio: number }[];
  readonly system?: SystemPart;
  readonly incidents?: { readonly from: string; readonly to: string; readonly list: readonly Incident[] };
  readonly achieved?: number;
  readonly fee?: number;
}

/** An alert that fires when the budget burns too fast over a long and, still, over a short window. */
export interface AlertRule {
  readonly severity: string;
  /** Share of the whole budget that is gone when the long window has burned at the threshold. */
  readonly budgetShare: number;
  readonly longMinutes: number;
  readonly shortMinutes: number;
}

/** Below this availability, this share of the fee is credited. */
export interface CreditTier {
  readonly below: number;
  readonly credit: number;
}

/** What the tool was generated with. */
export interface Setting {
  readonly service: string | null;
  readonly target: number | null;
  readonly windowDays: number | null;
  readonly currency: string;
  readonly fee: number | null;
  readonly creditTiers: readonly CreditTier[];
  readonly excludePlanned: boolean;
  /** Null for the template's own. */
  readonly alertRules: readonly AlertRule[] | null;
  readonly defaults: {
    readonly target: number;
    readonly windowDays: number;
    readonly alertRules: readonly AlertRule[];
    readonly alertSource: string;
  };
}

/** A number and where it comes from. */
export interface Sourced {
  readonly value: number;
  readonly source: 'input' | 'context' | 'default';
}

/** A length of time. */
export interface Duration {
  /** To the millisecond. */
  readonly seconds: number;
  /** "43m 12s" */
  readonly text: string;
}

export interface Allowance {
  readonly period: Period | 'window';
  readonly days: number;
  readonly downtime: Duration;
}

/** What is left of an error budget, and for how long. */
export interface Budget {
  readonly unit: 'seconds' | 'events';
  readonly source: 'consumption' | 'incidents';
  readonly total: number;
  readonly used: number;
  /** Negative when overspent. */
  readonly remaining: number;
  readonly usedShare: number;
  readonly achieved: number;
  /** 1 uses the budget up exactly at the end of the window. */
  readonly burnRate: number;
  readonly exhausted: boolean;
  /** Days from now at the pace so far; 0 when exhausted, null when it never is. */
  readonly exhaustedInDays: number | null;
  readonly lastsTheWindow: boolean;
}

export interface Alert extends AlertRule {
  readonly burnRate: number;
  /** Share of errors over both windows above which it fires. */
  readonly errorRatio: number;
  /** False when even a total outage stays below the threshold. */
  readonly canFire: boolean;
  /** Minutes of a total outage until the long window fires; null when it cannot. */
  readonly detectionMinutes: number | null;
  /** Null without error ratios for both windows. */
  readonly firing: boolean | null;
}

export interface SystemResult {
  readonly availability: number;
  readonly unavailability: number;
  readonly meetsTarget: boolean;
  readonly downtimePerMonth: Duration;
  readonly parts: readonly {
    readonly name: string;
    readonly availability: number;
    readonly copies: number;
    /** The system's availability if this part never failed. */
    readonly systemIfPerfect: number;
    readonly savedPerMonth: Duration;
  }[];
}

export interface IncidentResult {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly plannedCount: number;
  readonly ignoredCount: number;
  /** Weighted by impact; overlapping incidents count once, by the larger impact. */
  readonly downtime: Duration;
  /** Planned time that is left out of the calculation. */
  readonly excluded: Duration;
  readonly achieved: number;
  readonly meetsTarget: boolean;
  readonly mttr: Duration | null;
  readonly mtbf: Duration | null;
  readonly longest: Duration | null;
}

export interface CreditResult {
  readonly achieved: number;
  readonly tier: CreditTier | null;
  readonly creditShare: number;
  readonly fee: string | null;
  readonly credit: string | null;
  readonly currency: string;
}

/** The answer. */
export interface SlaReport {
  readonly summary: string;
  /** Illustrative where nobody stated it. */
  readonly target: Sourced & { readonly illustrative: boolean };
  readonly windowDays: Sourced;
  readonly allowances: readonly Allowance[];
  readonly fromDowntime: {
    readonly availability: number;
    readonly meetsTarget: boolean;
    readonly period: Period;
  } | null;
  readonly budget: Budget | null;
  readonly alerts: readonly Alert[];
  readonly alertSource: string;
  readonly system: SystemResult | null;
  readonly incidents: IncidentResult | null;
  readonly credit: CreditResult | null;
  readonly notes: readonly string[];
}
