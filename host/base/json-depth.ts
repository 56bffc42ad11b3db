// Bounds how deep a stranger's JSON may nest, before any recursive code (a library's, ours) walks it.

/** Deepest nesting of a message, a manifest or a context, in objects and lists. What people write stays under 20. */
export const MAX_JSON_DEPTH = 128;

/** Whether a parsed value nests deeper than `depth` objects and arrays. */
export function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth === 0) return true;
  const entries = Array.isArray(value) ? value : Object.values(value);
  return entries.some((entry) => isDeeperThan(entry, depth - 1));
}
