// Values from outside: as JSON text, and measured before anything recursive walks them.

/** Deepest nesting of what a template or a manifest says beside its schemas, which have bounds of their own. */
export const MAX_JSON_DEPTH = 128;

/** The text; undefined for what JSON cannot say: cycles, BigInt, functions. */
export function jsonText(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** Whether objects and lists nest deeper than that. */
export function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((entry) => isDeeperThan(entry, depth - 1));
}
