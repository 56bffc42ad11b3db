// Facts in texts: {payback} becomes what the fact says. One pass: braces inside facts stay what they are.

const PLACEHOLDER = /\{([a-z][a-z0-9_]{0,39})\}/g;

/** Names of the facts a text wants. */
export function factsIn(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
}

/** The text with its facts; those that are not there stay placeholders. */
export function fill(text: string, facts: ReadonlyMap<string, string>): string {
  return text.replace(PLACEHOLDER, (placeholder, name: string) => facts.get(name) ?? placeholder);
}
