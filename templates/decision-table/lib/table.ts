// A decision table, checked and cut into cells: what deciding and analysing work on.

import { checkTable } from './check-table.ts';
import { createDomain } from './create-domain.ts';
import type { Domain } from './domain.ts';
import { Refusal } from './refusal.ts';
import type { Spans } from './spans.ts';
import type { InputSource, Outputs, RuleSource, TableSource, TestSource } from './table-source.ts';
import { parseUnaryTest, type UnaryTest } from './unary-test.ts';

/** A rule ready to match. */
export interface Rule {
  /** Its place in the table, from 1, as tables are read and discussed. */
  readonly number: number;
  /** For each input the test as it was written. */
  readonly tests: readonly string[];
  /** For each input the cells it accepts; never empty. */
  readonly cells: readonly Spans[];
  readonly outputs: Outputs;
  readonly annotation: string | null;
}

/** A decision table ready to decide. */
export interface Table {
  readonly source: TableSource;
  readonly domains: readonly Domain[];
  readonly rules: readonly Rule[];
}

/**
 * Checks a table and prepares it.
 *
 * @throws Refusal naming the rule and column at fault: unknown or duplicate names, unreadable tests, values outside an
 * input's values or range, rules that nothing can match, outputs of the wrong type, a policy that lacks what it needs
 */
export function compileTable(source: TableSource): Table {
  checkTable(source);
  const columns = source.inputs.map((input) => compileColumn(input, source.rules));
  const rules = source.rules.map((rule, index) => ({
    number: index + 1,
    tests: columns.map((column) => column.texts[index] ?? '-'),
    cells: columns.map((column) => column.cells[index] ?? []),
    outputs: rule.then,
    annotation: rule.annotation ?? null,
  }));
  return { source, domains: columns.map((column) => column.domain), rules };
}

interface Column {
  readonly domain: Domain;
  readonly texts: readonly string[];
  readonly cells: readonly Spans[];
}

/** The tests of all rules on one input. */
function compileColumn(input: InputSource, rules: readonly RuleSource[]): Column {
  const sources = rules.map(({ when }) => (Object.hasOwn(when, input.name) ? when[input.name] : undefined) ?? '-');
  const parse = remembering((json: string) => parseUnaryTest(input.type, JSON.parse(json) as TestSource));
  const tests = sources.map((source, index) => at(index, input, () => parse(JSON.stringify(source))));
  const domain = at(undefined, input, () => createDomain(input, [...new Set(tests)]));
  const accept = remembering((test: UnaryTest) => acceptedCells(domain, test));
  return {
    domain,
    texts: sources.map((source) => (typeof source === 'string' ? source : JSON.stringify(source))),
    cells: tests.map((test, index) => at(index, input, () => accept(test))),
  };
}

function acceptedCells(domain: Domain, test: UnaryTest): Spans {
  const cells = domain.cellsOf(test);
  if (cells.length === 0) throw new Refusal('no value the input can have passes this test');
  return cells;
}

/** Works each thing out once: large tables repeat few tests. */
function remembering<Key, Value>(workOut: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? workOut(key);
    known.set(key, value);
    return value;
  };
}

/** Says where in the table an error was found. */
function at<T>(index: number | undefined, input: InputSource, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const place = index === undefined ? '' : `rule ${index + 1}, `;
    throw new Refusal(`${place}input "${input.name}": ${error.message}`, { cause: error });
  }
}
