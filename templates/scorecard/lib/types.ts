// A scorecard as a context describes it, what a call asks, and what it is answered.

/** A raw value: a number, a level, or yes or no. */
export type Value = number | string | boolean;

/** How a raw value becomes 0 (worst) to 1 (best). */
export type Scale =
  | {
      readonly type: 'range';
      readonly min: number;
      readonly max: number;
      /** @default 'high' */
      readonly better?: 'high' | 'low';
      /** @default 'clamp' */
      readonly outside?: 'clamp' | 'refuse';
      readonly unit?: string;
    }
  | {
      readonly type: 'target';
      readonly target: number;
      /** Distance up to which a value is as good as the target. @default 0 */
      readonly tolerance?: number;
      /** Distance from which a value is worth nothing. */
      readonly limit: number;
      readonly unit?: string;
    }
  | {
      readonly type: 'levels';
      /** From worst to best. */
      readonly levels: readonly string[];
      /** What each is worth, 0 to 1. @default evenly spaced */
      readonly values?: readonly number[];
    }
  | { readonly type: 'boolean'; /** @default true */ readonly good?: boolean }
  | { readonly type: 'points'; readonly points: readonly Point[]; readonly unit?: string };

/** A raw value and what it is worth, 0 to 1. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/** What a value must be for a candidate to be ranked. */
export interface Gate {
  readonly atLeast?: number | string;
  readonly atMost?: number | string;
  readonly is?: boolean;
}

/** What a missing value counts as. */
export type MissingPolicy = 'worst' | 'neutral' | 'skip' | 'refuse';

export interface Criterion {
  readonly id: string;
  readonly title?: string;
  readonly description?: string;
  readonly weight: number;
  readonly scale: Scale;
  readonly gate?: Gate;
  readonly missing?: MissingPolicy;
}

/** A name for scores from `from` on. */
export interface Band {
  readonly from: number;
  readonly label: string;
  readonly meaning?: string;
}

/** The whole scorecard. */
export interface Scorecard {
  readonly name: string;
  /** The score of whoever is best in everything. */
  readonly maximum: number;
  /** Decimals of scores and contributions. */
  readonly decimals: number;
  readonly missing: MissingPolicy;
  readonly criteria: readonly Criterion[];
  readonly bands: readonly Band[];
}

/** Who is to be scored, with raw values by criterion. */
export interface Candidate {
  readonly name: string;
  readonly values: Readonly<Record<string, Value>>;
}

/** What the tool is asked. */
export interface ScoreRequest {
  readonly candidates: readonly Candidate[];
}
