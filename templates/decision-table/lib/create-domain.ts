// The cells of an input, by its type.

import type { Domain } from './domain.ts';
import { createFiniteDomain } from './finite-domain.ts';
import { isOrdered, type OrderedType, parseOrdered } from './literals.ts';
import { createOrderedDomain } from './ordered-domain.ts';
import { Refusal } from './refusal.ts';
import type { InputSource, Scalar } from './table-source.ts';
import type { Interval, UnaryTest } from './unary-test.ts';

/** Cuts an input into cells along everything its tests mention. */
export function createDomain(input: InputSource, tests: readonly UnaryTest[]): Domain {
  if (isOrdered(input.type)) {
    const intervals = tests.flatMap((test) => (test.kind === 'ordered' ? test.anyOf : []));
    return createOrderedDomain(input.type, rangeOf(input, input.type), intervals);
  }
  const mentioned = tests.flatMap((test) => (test.kind === 'finite' ? test.anyOf : []));
  if (input.type === 'boolean') return createFiniteDomain([true, false], undefined);
  if (input.values !== undefined) return createFiniteDomain(input.values, undefined);
  const texts = [...new Set(mentioned)];
  return createFiniteDomain(texts, unusedText(texts));
}

function rangeOf(input: InputSource, type: OrderedType): Interval {
  const [low, high] = [input.min, input.max].map((end) =>
    end === undefined ? undefined : { value: parseOrdered(type, String(end)), closed: true },
  );
  if (low !== undefined && high !== undefined && low.value.gt(high.value)) throw new Refusal('max is below min');
  return { ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) };
}

function unusedText(texts: readonly Scalar[]): string {
  let text = 'other';
  while (texts.includes(text)) text = `${text}_`;
  return text;
}
