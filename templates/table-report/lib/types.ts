// What goes in, what the tool was made with, and what comes out.

/** What a row of JSON holds under one name. */
export type Scalar = string | number | boolean | null;

/** A row as it is given: column name → value. */
export type InputRow = Readonly<Record<string, Scalar>>;

export type ColumnType = 'text' | 'number' | 'boolean' | 'date';

/** How a column is written in Markdown, and to how many decimals its values are rounded. */
export interface Format {
  readonly kind: 'number' | 'currency' | 'percent' | 'date' | 'text';
  /** Default: 2 for currency or what its smallest unit has, 1 for percent (of the percentage), as they are for number. */
  readonly decimals?: number;
  /** ISO 4217; only with kind currency, where the context's is the default. */
  readonly currency?: string;
  /** Only with kind date. */
  readonly pattern?: DatePattern;
}

export type DatePattern = 'YYYY-MM-DD' | 'DD.MM.YYYY' | 'MM/DD/YYYY' | 'D MMM YYYY';

/** A column whose type, title or format is known beforehand. */
export interface ColumnDeclaration {
  readonly name: string;
  readonly type?: ColumnType;
  readonly title?: string;
  readonly format?: Format;
}

/** A value worked out from a row: a column, a constant, or an operation on such. */
export type Expression =
  | { readonly column: string }
  | { readonly value: Scalar }
  | {
      readonly op: Operation;
      readonly args: readonly Expression[];
      /** Only with round; 0 when absent. */
      readonly digits?: number;
      /** Only with if: whether the first argument counts, or the second. */
      readonly test?: Condition;
    };

export type Operation =
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'abs'
  | 'round'
  | 'min'
  | 'max'
  | 'coalesce'
  | 'concat'
  | 'if';

/** Whether a row counts. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly column: string; readonly is: Comparison; readonly value?: Scalar | readonly Scalar[] };

export type Comparison =
  | 'eq'
  | 'ne'
  | 'lt'
  | 'le'
  | 'gt'
  | 'ge'
  | 'between'
  | 'in'
  | 'notIn'
  | 'contains'
  | 'startsWith'
  | 'endsWith'
  | 'empty'
  | 'notEmpty';

export type DatePart = 'year' | 'quarter' | 'month' | 'week' | 'day';

/** What rows are put together by: a column, or a part of its dates. */
export type GroupKey = string | { readonly column: string; readonly by?: DatePart; readonly as?: string };

export type AggregateName = 'count' | 'countDistinct' | 'sum' | 'avg' | 'min' | 'max' | 'median' | 'percentile';

/** One number, text or date made of many rows. */
export interface Aggregate {
  readonly op: AggregateName;
  /** Absent only with count, which then counts rows. */
  readonly column?: string;
  /** Only with percentile; 0–1. */
  readonly percentile?: number;
  readonly as?: string;
}

/** The parts of a report; the context may hold some, a call the others. */
export interface Spec {
  readonly computed?: readonly { readonly name: string; readonly expression: Expression }[];
  readonly filter?: Condition;
  readonly columns?: readonly string[];
  readonly groupBy?: readonly GroupKey[];
  readonly aggregates?: readonly Aggregate[];
  readonly pivot?: { readonly column: string; readonly by?: DatePart; readonly values?: readonly Scalar[] };
  readonly derived?: readonly { readonly name: string; readonly expression: Expression }[];
  readonly having?: Condition;
  readonly sort?: readonly { readonly column: string; readonly order?: 'asc' | 'desc' }[];
  readonly top?: { readonly count: number; readonly others?: boolean; readonly label?: string };
  readonly totals?: boolean;
  readonly limit?: number;
  readonly formats?: readonly (Format & { readonly column: string })[];
}

/** A call. */
export interface Input extends Spec {
  readonly rows: readonly InputRow[];
}

/** What the tool was generated with. */
export interface Setting {
  readonly title: string;
  readonly currency: string;
  readonly columns: readonly ColumnDeclaration[];
  readonly report: Spec;
}

/** A row of the result: column name → value. */
export type OutputRow = Readonly<Record<string, Scalar>>;

/** The answer. */
export interface Report {
  readonly title: string;
  readonly columns: readonly {
    readonly name: string;
    readonly title: string;
    readonly type: ColumnType;
    readonly format: Format;
  }[];
  readonly rows: readonly OutputRow[];
  /** What `top` left out, in one row. */
  readonly others: OutputRow | null;
  readonly total: OutputRow | null;
  readonly markdown: string;
  readonly counts: {
    readonly rowsIn: number;
    readonly rowsUsed: number;
    readonly rowsFound: number;
    readonly rowsShown: number;
  };
  readonly notes: readonly string[];
}
