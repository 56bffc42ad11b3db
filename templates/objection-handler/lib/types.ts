// An objection library as a context describes it, and what a call asks.

/** What backs a response up; without a source it is illustrative. */
export interface Evidence {
  readonly claim: string;
  readonly source?: string;
}

/** One way to answer. Texts may hold {facts}. */
export interface Response {
  readonly id: string;
  readonly strategy: string;
  readonly text: string;
  readonly evidence: readonly Evidence[];
  readonly nextQuestion?: string;
  /** Empty = all. */
  readonly stages: readonly string[];
  /** Empty = all. */
  readonly segments: readonly string[];
  readonly priority: number;
}

/** A kind of objection: how it is recognised and answered. */
export interface Category {
  readonly id: string;
  readonly title?: string;
  readonly phrases: readonly string[];
  readonly responses: readonly Response[];
  readonly doNotSay: readonly string[];
}

/** When to bring somebody in: all conditions that are there must hold. */
export interface Escalation {
  readonly to: string;
  readonly reason: string;
  readonly categories?: readonly string[];
  readonly stages?: readonly string[];
  readonly segments?: readonly string[];
  readonly phrases?: readonly string[];
  readonly unmatched?: boolean;
}

/** What became of a response; without a segment, in any. */
export interface Outcome {
  readonly responseId: string;
  readonly segment?: string;
  readonly won: number;
  readonly lost: number;
}

/** Everything the tool was made with. */
export interface Library {
  readonly product: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly callerFacts: readonly { readonly name: string }[];
  readonly customer: { readonly name?: string; readonly segment?: string; readonly stage?: string };
  readonly stages: readonly string[];
  readonly segments: readonly string[];
  readonly synonyms: readonly (readonly string[])[];
  /** Own categories before built-in ones. */
  readonly categories: readonly Category[];
  readonly doNotSay: readonly string[];
  readonly escalations: readonly Escalation[];
  readonly outcomes: readonly Outcome[];
  readonly minConfidence: number;
  readonly fallbackQuestions: readonly string[];
}

/** Where the deal stands. */
export interface DealContext {
  readonly stage?: string;
  readonly segment?: string;
  readonly facts?: Readonly<Record<string, string>>;
}

/** What the tool is asked: to answer an objection, or to review its library. */
export type Request =
  | { readonly objection: string; readonly context?: DealContext; readonly limit?: number }
  | { readonly review: true };

/** What outcomes are reported by. */
export function responseIdOf(category: Category, response: Response): string {
  return `${category.id}/${response.id}`;
}
