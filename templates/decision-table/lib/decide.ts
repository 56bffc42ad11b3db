// One decision: which rules the facts match, and what the hit policy makes of them.

import { Decimal } from 'glovebox';
import { comparePriority, isSameOutputs } from './priority.ts';
import { Refusal } from './refusal.ts';
import { hasCell } from './spans.ts';
import type { Rule, Table } from './table.ts';
import type { Aggregation, Facts, HitPolicy, Outputs, Scalar } from './table-source.ts';

/** What a table decided. */
export interface Decision {
  readonly hitPolicy: HitPolicy;
  /**
   * `unique`, `first`, `priority`: the outputs of the rule that decides. `collect`: the outputs of all that match, or
   * their aggregate. Null (an empty list, a count of 0) when nothing matches and the table has no default.
   */
  readonly result: Outputs | readonly Outputs[] | number | null;
  /** Where the result comes from. */
  readonly basis: 'rules' | 'default' | 'none';
  /** Every rule the facts match, in table order; `applied` marks those that made the result. */
  readonly matched: readonly MatchedRule[];
  readonly explanation?: readonly RuleExplanation[];
}

/** A rule the facts match. */
export interface MatchedRule {
  readonly rule: number;
  readonly annotation: string | null;
  readonly outputs: Outputs;
  readonly applied: boolean;
}

/** Why a rule matched, or did not. */
export interface RuleExplanation {
  readonly rule: number;
  readonly matched: boolean;
  readonly tests: readonly {
    readonly input: string;
    readonly test: string;
    readonly fact: Scalar;
    readonly passed: boolean;
  }[];
}

/**
 * Decides.
 *
 * @throws Refusal when a fact is missing or outside its input, or when the rules that match break the hit policy
 */
export function decide(table: Table, facts: Facts, explain: boolean): Decision {
  const cells = locate(table, facts);
  const hits = table.rules.filter((rule) => rule.cells.every((spans, input) => hasCell(spans, cells[input] ?? -1)));
  const applied = apply(table, hits);
  return {
    hitPolicy: table.source.hitPolicy,
    ...resultOf(table, applied),
    matched: hits.map((rule) => ({
      rule: rule.number,
      annotation: rule.annotation,
      outputs: rule.outputs,
      applied: applied.includes(rule),
    })),
    ...(explain ? { explanation: table.rules.map((rule) => explainRule(table, rule, facts, cells)) } : {}),
  };
}

/** For each input the cell its fact lies in. */
function locate({ source, domains }: Table, facts: Facts): number[] {
  return domains.map((domain, index) => {
    const name = source.inputs[index]?.name ?? '';
    const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
    if (fact === undefined) throw new Refusal(`facts lack "${name}"`);
    const cell = domain.findCell(fact);
    if (cell === undefined)
      throw new Refusal(`fact "${name}" is ${JSON.stringify(fact)}, outside the input's values or range`);
    return cell;
  });
}

/** The rules whose outputs count. */
function apply({ source }: Table, hits: readonly Rule[]): readonly Rule[] {
  const [first] = hits;
  if (first === undefined) return [];
  switch (source.hitPolicy) {
    case 'collect':
      return hits;
    case 'first':
      return [first];
    case 'unique':
      if (hits.length > 1) {
        throw new Refusal(`rules ${numbers(hits)} all match these facts, but hit policy "unique" allows one`);
      }
      return [first];
    case 'priority': {
      const best = hits.reduce((top, rule) => (comparePriority(source.outputs, rule, top) < 0 ? rule : top));
      const ties = hits.filter((rule) => comparePriority(source.outputs, rule, best) === 0);
      if (!ties.every((rule) => isSameOutputs(source.outputs, rule, best))) {
        throw new Refusal(`rules ${numbers(ties)} match these facts with equal priority and different outputs`);
      }
      return ties;
    }
  }
}

function resultOf({ source }: Table, applied: readonly Rule[]): Pick<Decision, 'result' | 'basis'> {
  const [first] = applied;
  if (first === undefined) return withoutMatch(source);
  if (source.hitPolicy !== 'collect') return { result: first.outputs, basis: 'rules' };
  const outputs = applied.map((rule) => rule.outputs);
  if (source.aggregation === null) return { result: outputs, basis: 'rules' };
  const column = source.outputs[0]?.name ?? '';
  return {
    result: aggregate(
      source.aggregation,
      outputs.map((each) => each[column] ?? 0),
    ),
    basis: 'rules',
  };
}

function withoutMatch(source: Table['source']): Pick<Decision, 'result' | 'basis'> {
  const { aggregation, default: fallback, hitPolicy } = source;
  if (aggregation === 'count') return { result: 0, basis: 'none' };
  const isList = hitPolicy === 'collect' && aggregation === null;
  if (fallback === null) return { result: isList ? [] : null, basis: 'none' };
  if (isList) return { result: [fallback], basis: 'default' };
  return { result: aggregation === null ? fallback : Number(Object.values(fallback)[0]), basis: 'default' };
}

/** Sums in decimals: 0.1 and 0.2 make 0.3. */
function aggregate(aggregation: Aggregation, values: readonly Scalar[]): number {
  const decimals = values.map((value) => new Decimal(aggregation === 'count' ? 1 : String(value)));
  const total = decimals.reduce((a, b) => {
    if (aggregation === 'min') return b.lt(a) ? b : a;
    if (aggregation === 'max') return b.gt(a) ? b : a;
    return a.plus(b);
  });
  return total.toNumber();
}

function explainRule(table: Table, rule: Rule, facts: Facts, cells: readonly number[]): RuleExplanation {
  const tests = table.source.inputs.map(({ name }, input) => ({
    input: name,
    test: rule.tests[input] ?? '-',
    fact: facts[name] ?? '',
    passed: hasCell(rule.cells[input] ?? [], cells[input] ?? -1),
  }));
  return { rule: rule.number, matched: tests.every((test) => test.passed), tests };
}

function numbers(rules: readonly Rule[]): string {
  return rules.map((rule) => rule.number).join(' and ');
}
