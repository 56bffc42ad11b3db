// What a schema cannot say about a table: names that are unique, outputs that fit their columns, a policy that has all
// it needs.

import { isOfType } from './literals.ts';
import { Refusal } from './refusal.ts';
import type { InputSource, Outputs, OutputSource, RuleSource, TableSource } from './table-source.ts';

/**
 * Checks everything but the tests.
 *
 * @throws Refusal naming the rule and column at fault
 */
export function checkTable(source: TableSource): void {
  checkNames('input', source.inputs);
  checkNames('output', source.outputs);
  checkPolicy(source);
  source.rules.forEach((rule, index) => {
    checkInputs(rule, source.inputs, `rule ${index + 1}`);
    checkOutputs(rule.then, source.outputs, `rule ${index + 1}`);
  });
  if (source.default !== null) checkOutputs(source.default, source.outputs, 'default');
}

function checkNames(kind: string, columns: readonly { readonly name: string }[]): void {
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name)) throw new Refusal(`${kind} "${name}" is declared twice; give each ${kind} a name of its own`);
    // Every object has such a property, so a fact that is missing would look present.
    if (name in {}) throw new Refusal(`${kind} "${name}" has a reserved name; choose another`);
    seen.add(name);
  }
}

function checkPolicy({ hitPolicy, aggregation, outputs }: TableSource): void {
  if (aggregation !== null && hitPolicy !== 'collect') {
    throw new Refusal(`aggregation "${aggregation}" needs hit policy "collect", not "${hitPolicy}"`);
  }
  const [only] = outputs;
  const isNumeric = outputs.length === 1 && (only?.type === 'number' || only?.type === 'integer');
  if (aggregation !== null && aggregation !== 'count' && !isNumeric) {
    throw new Refusal(`aggregation "${aggregation}" needs exactly one output, and that of type number or integer`);
  }
  if (hitPolicy === 'priority' && outputs.every((output) => output.values === undefined)) {
    throw new Refusal('hit policy "priority" needs an output with values, most important first');
  }
}

function checkInputs({ when }: RuleSource, inputs: readonly InputSource[], place: string): void {
  const unknown = Object.keys(when).find((name) => !inputs.some((input) => input.name === name));
  if (unknown !== undefined) {
    throw new Refusal(`${place} tests ${JSON.stringify(unknown)}, which is no input of the table`);
  }
}

function checkOutputs(given: Outputs, outputs: readonly OutputSource[], place: string): void {
  const unknown = Object.keys(given).find((name) => !outputs.some((output) => output.name === name));
  if (unknown !== undefined) {
    throw new Refusal(`${place} sets ${JSON.stringify(unknown)}, which is no output of the table`);
  }
  for (const output of outputs) {
    const value = Object.hasOwn(given, output.name) ? given[output.name] : undefined;
    if (value === undefined) throw new Refusal(`${place} sets no output "${output.name}"`);
    if (!isOfType(output.type, value)) {
      throw new Refusal(
        `${place} sets output "${output.name}" to ${JSON.stringify(value)}, which is no ${output.type}`,
      );
    }
    if (output.values?.includes(value) === false) {
      throw new Refusal(
        `${place} sets output "${output.name}" to ${JSON.stringify(value)}, which is not one of its values`,
      );
    }
  }
}
