// Whether one schema holds every value of another, as far as it can be shown without looking at any value.
//
// INVARIANT: "yes" is proved, "no" need not be: what no rule understands is in the way unless it is the very same in both.
// test/unit/host/making/compatibility/compare-schemas.test.ts tries it on generated schemas and values.

import { Budget } from './budget.ts';
import { checkArray } from './array-rules.ts';
import { every, miss, type Comparison, type Findings, type Place, type Rule } from './comparison.ts';
import { conjunctionOf, type Conjunction } from './conjunction.ts';
import { mentionedNames, type Names } from './mentioned-names.ts';
import { checkObject } from './object-rules.ts';
import { checkAnyOf, checkOpaque, checkUnevaluated } from './other-rules.ts';
import { isSameSchema } from './same-schema.ts';
import type { Schema, SchemaDocument } from './schema-document.ts';
import { checkLengths, checkNumbers, checkTypes, checkValues } from './value-rules.ts';

const RULES: readonly Rule[] = [
  checkTypes,
  checkValues,
  checkNumbers,
  checkLengths,
  checkArray,
  checkObject,
  checkAnyOf,
  checkOpaque,
  checkUnevaluated,
];

/** Two schemas, and how they stand to each other. */
export interface ContainmentOptions {
  readonly narrow: SchemaDocument;
  readonly wide: SchemaDocument;
  /** Which of both callers know. */
  readonly older: 'narrow' | 'wide';
  readonly isNewNameFree: boolean;
}

/** What comparing came to. */
export interface ContainmentResult extends Findings {
  /** It was given up: nothing is known. */
  readonly isTooMuch: boolean;
}

/** Compares two followable documents; everything in the way is among the misses. */
export function findMisses(options: ContainmentOptions): ContainmentResult {
  const found: Findings = { misses: [], notes: [] };
  const containment = new Containment(options);
  containment.run(found);
  return { ...found, isTooMuch: containment.isTooMuch };
}

class Containment implements Comparison {
  readonly isNewNameFree: boolean;
  readonly #narrow: SchemaDocument;
  readonly #wide: SchemaDocument;
  readonly #older: 'narrow' | 'wide';
  readonly #budget = new Budget();
  /** Questions under way or answered with yes: a schema that holds itself is met again within itself. */
  readonly #assumed = new Set<string>();
  /** The same in the order they were asked. */
  readonly #trail: string[] = [];
  readonly #waiting: { readonly narrow: readonly Schema[]; readonly wide: Schema; readonly at: Place }[] = [];
  readonly #ids = new Map<Schema, number>();
  readonly #names = new WeakMap<Conjunction, Names>();

  constructor({ narrow, wide, older, isNewNameFree }: ContainmentOptions) {
    this.#narrow = narrow;
    this.#wide = wide;
    this.#older = older;
    this.isNewNameFree = isNewNameFree;
  }

  get isTooMuch(): boolean {
    return this.#budget.isSpent;
  }

  spend = (steps: number): boolean => this.#budget.spend(steps);

  between = (narrow: string, wide: string): string => this.inTime(narrow, wide).join(' → ');

  inTime = <T>(narrow: T, wide: T): readonly [T, T] => (this.#older === 'narrow' ? [narrow, wide] : [wide, narrow]);

  /** Asks about both roots, and whatever that leads to. */
  run(found: Findings): void {
    this.contains([this.#narrow.root], this.#wide.root, { path: '', found });
    for (const { narrow, wide, at } of this.#waiting) {
      if (!this.spend(1)) return;
      this.#ask(narrow, wide, at);
    }
  }

  contains = (narrow: readonly Schema[], wide: Schema, at: Place): boolean => {
    if (wide === true) return true;
    if (!this.spend(narrow.length)) return false;
    const question = `${narrow.map((schema) => this.#idOf(schema)).join()} ${this.#idOf(wide)} ${at.isSplit ?? ''}`;
    if (this.#assumed.has(question)) return true;
    const before = this.#trail.push(question) - 1;
    this.#assumed.add(question);
    if (at.found !== undefined) {
      // Who listens hears of every miss in its turn, the nearest first; only silent questions need the answer now.
      this.#waiting.push({ narrow, wide, at });
      return true;
    }
    const holds = this.#budget.within(() => this.#ask(narrow, wide, at));
    // Nothing that was built on it may stay.
    if (!holds) for (const built of this.#trail.splice(before)) this.#assumed.delete(built);
    return holds;
  };

  isSame = (narrow: unknown, wide: unknown): boolean =>
    isSameSchema(narrow, wide, { narrow: this.#narrow, wide: this.#wide }, this.#budget);

  mentions = (narrow: Conjunction, name: string): boolean => {
    const names = this.#names.get(narrow) ?? mentionedNames(narrow.parts, this.#narrow, this.#budget);
    this.#names.set(narrow, names);
    return names === 'all' || names.has(name);
  };

  #ask(narrow: readonly Schema[], wide: Schema, at: Place): boolean {
    const own = conjunctionOf(narrow, this.#narrow, this.#budget);
    const asked = conjunctionOf([wide], this.#wide, this.#budget);
    if (own === undefined || asked === undefined) return false;
    if (own.types.size === 0) return true;
    if (asked.isImpossible) return miss(at, { path: at.path, what: this.between('allowed', 'refused') });
    if (this.#holdsSplit(narrow, own, wide, at)) return true;
    return every(at, asked.parts, (part) => {
      if (own.parts.some((candidate) => this.isSame(candidate, part))) return true;
      return every(at, RULES, (rule) => rule({ narrow: own, wide: asked, part, at }, this));
    });
  }

  /** Whether each alternative of the narrow schema is held, whatever the rules make of it as a whole. */
  #holdsSplit(narrow: readonly Schema[], { parts }: Conjunction, wide: Schema, at: Place): boolean {
    if (at.isSplit === true) return false;
    const lists = parts.flatMap((part) => [part['anyOf'], part['oneOf']]).filter((list) => list !== undefined);
    return (lists as (readonly Schema[])[]).some((alternatives) =>
      alternatives.every((one) => this.contains([...narrow, one], wide, { path: at.path, isSplit: true })),
    );
  }

  #idOf(schema: Schema): number {
    const known = this.#ids.get(schema);
    if (known !== undefined) return known;
    this.#ids.set(schema, this.#ids.size);
    return this.#ids.size - 1;
  }
}
