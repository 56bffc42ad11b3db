// "Did you mean …?" for tools.

import { hostError, type TenantId } from '#host/base';
import type { Registry } from '#host/registry';
import { isCodedError } from '#sandbox';

/** Runs `work`; when no tool has the name, the error that comes out names the nearest one. */
export async function suggestingTools<T>(
  {
    registry,
    tenant,
    reference,
  }: { readonly registry: Registry; readonly tenant: TenantId; readonly reference: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isCodedError(error) || error.code !== 'TOOL_NOT_FOUND') throw error;
    const names = registry.list(tenant).map(({ tool }) => tool);
    const nearest = findNearest(reference.replace(/@.*$/, ''), names);
    const hint = nearest === undefined ? 'glovebox tools lists what there is' : `did you mean "${nearest}"?`;
    const data = { ...error.data, ...(nearest === undefined ? {} : { suggestion: nearest }) };
    throw hostError('TOOL_NOT_FOUND', `there is no tool "${reference}"; ${hint}`, data, { cause: error });
  }
}

/** The candidate with the fewest edits from `name`, if a slip of the fingers explains it. */
export function findNearest(name: string, candidates: readonly string[]): string | undefined {
  const tolerance = Math.max(1, Math.floor(name.length / 3));
  const ranked = candidates
    .map((candidate) => ({ candidate, edits: countEdits(name, candidate) }))
    .filter(({ candidate, edits }) => edits <= tolerance || (name.length > 2 && candidate.startsWith(name)))
    .sort((a, b) => a.edits - b.edits);
  return ranked[0]?.candidate;
}

/** Levenshtein distance: insertions, deletions and replacements. */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(from).entries()) {
    const next = [i + 1];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (letter === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
