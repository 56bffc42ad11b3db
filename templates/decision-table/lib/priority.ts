// Which of two rules decides under the hit policy `priority`: the one whose outputs stand higher in their columns.

import type { Rule } from './table.ts';
import type { Outputs, OutputSource } from './table-source.ts';

/**
 * Orders rules by their outputs, most important first: by the first output that lists its values, then the next.
 * Zero when the table gives neither precedence.
 *
 * @see DMN 1.5, section 8.2.8, "Priority"
 */
export function comparePriority(outputs: readonly OutputSource[], a: Rule, b: Rule): number {
  for (const { name, values } of outputs) {
    const order = rank(values, a.outputs, name) - rank(values, b.outputs, name);
    if (order !== 0) return order;
  }
  return 0;
}

/** Whether two rules decide the same. */
export function isSameOutputs(outputs: readonly OutputSource[], a: Rule, b: Rule): boolean {
  return outputs.every(({ name }) => a.outputs[name] === b.outputs[name]);
}

function rank(values: OutputSource['values'], outputs: Outputs, name: string): number {
  const value = outputs[name];
  return values === undefined || value === undefined ? 0 : values.indexOf(value);
}
