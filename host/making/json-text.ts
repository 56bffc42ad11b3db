// Values from outside, as JSON text.

/** The text; undefined for what JSON cannot say: cycles, BigInt, functions. */
export function jsonText(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
