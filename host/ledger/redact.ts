// JSON without its values: key names and lengths stay, so that a record can be read without what it holds.

/** The same shape, every string and number in it replaced by what it was: `"<string 12>"`, `"<number>"`. */
export function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'number' || typeof value === 'boolean') return `<${typeof value}>`;
  if (Array.isArray(value)) return value.map(redactValue);
  return typeof value === 'object' && value !== null ? redactObject(value) : value;
}

/** Key names stay. */
export function redactObject(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, redactValue(held)]));
}

// Whoever calls a tool decides how much there is to read, and everybody waits meanwhile: some milliseconds, not ten seconds.
const MOST_CHARACTERS = 64 * 1024;

/** The same of JSON text; of a text that is longer, or cannot be read as JSON, its length alone. */
export function redactJson(text: string): string {
  if (text.length > MOST_CHARACTERS) return JSON.stringify(redactText(text));
  try {
    return JSON.stringify(redactValue(JSON.parse(text)));
  } catch {
    return JSON.stringify(redactText(text));
  }
}

/** How many UTF-16 units a text had. */
export function redactText(text: string): string {
  return `<string ${text.length}>`;
}
