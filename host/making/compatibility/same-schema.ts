// Whether two schemas say the same in their own documents: equal text, and equal targets of equal references.

import type { Budget } from './budget.ts';
import type { SchemaDocument } from './schema-document.ts';

/** Two documents in which references are followed. */
export interface Documents {
  readonly narrow: SchemaDocument;
  readonly wide: SchemaDocument;
}

/** Compares two schemas, or two values of one keyword. False also when the budget does not last. */
export function isSameSchema(narrow: unknown, wide: unknown, documents: Documents, budget: Budget): boolean {
  // References may lead in circles, and far: pairs are met once, and wait in a list rather than on the stack.
  const met = new Map<object, Set<object>>();
  const waiting: (readonly [unknown, unknown])[] = [[narrow, wide]];
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    if (!budget.spend(1)) return false;
    const [own, other] = pair;
    if (!isContainer(own) || !isContainer(other)) {
      if (own !== other) return false;
      continue;
    }
    if (met.get(own)?.has(other) === true) continue;
    met.set(own, (met.get(own) ?? new Set()).add(other));
    const entries = Object.entries(own);
    const others = new Map(Object.entries(other));
    if (entries.length !== others.size || Array.isArray(own) !== Array.isArray(other)) return false;
    for (const [key, value] of entries) {
      if (!others.has(key)) return false;
      waiting.push([value, others.get(key)]);
      if (key === '$ref' && typeof value === 'string') {
        waiting.push([documents.narrow.resolve(value), documents.wide.resolve(value)]);
      }
    }
  }
  return true;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
