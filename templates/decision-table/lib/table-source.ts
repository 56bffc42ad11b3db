// A decision table as a context describes it.

/** A value a fact or an output may have. */
export type Scalar = string | number | boolean;

/** The types of columns; `integer` and `date` have no values between neighbours, which is what coverage depends on. */
export type ColumnType = 'string' | 'number' | 'integer' | 'boolean' | 'date';

/** How many rules may match, and which of them decides. @see DMN 1.5, section 8.2.8 */
export type HitPolicy = 'unique' | 'first' | 'collect' | 'priority';

/** What `collect` makes of the outputs of all matching rules. */
export type Aggregation = 'sum' | 'min' | 'max' | 'count';

/** A column that rules test. */
export interface InputSource {
  readonly name: string;
  readonly type: ColumnType;
  readonly description?: string;
  /** The only texts there are; absent = any text. */
  readonly values?: readonly string[];
  /** Both ends belong to the range; absent = no end. Dates as text. */
  readonly min?: number | string;
  readonly max?: number | string;
}

/** A column that rules fill. */
export interface OutputSource {
  readonly name: string;
  readonly type: ColumnType;
  readonly description?: string;
  /** The only values there are, most important first: the order `priority` goes by. */
  readonly values?: readonly Scalar[];
}

/** A test: in FEEL's notation, a literal, or a list of literals. */
export type TestSource = Scalar | readonly Scalar[];

/** One value per output column. */
export type Outputs = Readonly<Record<string, Scalar>>;

/** One value per input column. */
export type Facts = Readonly<Record<string, Scalar>>;

/** A row. An input it does not mention may have any value. */
export interface RuleSource {
  readonly when: Readonly<Record<string, TestSource>>;
  readonly then: Outputs;
  readonly annotation?: string;
}

/** The whole table. */
export interface TableSource {
  readonly hitPolicy: HitPolicy;
  readonly aggregation: Aggregation | null;
  readonly inputs: readonly InputSource[];
  readonly outputs: readonly OutputSource[];
  readonly rules: readonly RuleSource[];
  /** What is decided when no rule matches. */
  readonly default: Outputs | null;
}

/** What the tool is asked: to decide, or to analyse its table. */
export type Request = { readonly facts: Facts; readonly explain?: boolean } | { readonly analyse: true };
