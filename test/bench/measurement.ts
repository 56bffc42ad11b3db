// What a bench reports: a figure, the floor or peer of the same run, and their ratio against the aim.

/** One row of the table. */
export interface Measurement {
  readonly name: string;
  readonly unit: 'ms' | 'calls/s' | 'ms CPU';
  readonly value: number;
  /** What it is measured against, side by side. */
  readonly against?: { readonly name: string; readonly value: number };
  /** The ratio `value / against` should not exceed this. */
  readonly aim?: number;
}

/** Rounds for the table; the JSON keeps what was measured. */
export function ratioOf({ value, against }: Measurement): number | undefined {
  return against === undefined ? undefined : value / against.value;
}
