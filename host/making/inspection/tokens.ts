// A source as a list of tokens: where each starts and ends, and what it is.

/** What a token is. A name with escapes in it is a kind of its own: whoever looks for a name by its letters misses it. */
export const KINDS = { name: 1, escapedName: 2, number: 3, string: 4, template: 5, pattern: 6, mark: 7 } as const;

type TokenKind = (typeof KINDS)[keyof typeof KINDS];

/** The tokens of a source, by index; beyond the list's ends everything is false. */
export class Tokens {
  readonly source: string;
  // No token is empty: there are at most as many as characters.
  readonly #kinds: Uint8Array;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  #length = 0;

  constructor(source: string) {
    this.source = source;
    this.#kinds = new Uint8Array(source.length);
    this.#starts = new Uint32Array(source.length);
    this.#ends = new Uint32Array(source.length);
  }

  get length(): number {
    return this.#length;
  }

  add(kind: TokenKind, start: number, end: number): void {
    this.#kinds[this.#length] = kind;
    this.#starts[this.#length] = start;
    this.#ends[this.#length] = end;
    this.#length += 1;
  }

  /** One of {@link KINDS}. */
  kindOf(index: number): number | undefined {
    return this.#kinds[index];
  }

  is(index: number, kind: keyof typeof KINDS): boolean {
    return this.#kinds[index] === KINDS[kind];
  }

  /** Whether the token is this punctuation character. */
  isMark(index: number, mark: string): boolean {
    return this.#kinds[index] === KINDS.mark && this.first(index) === mark.charCodeAt(0);
  }

  isNamed(index: number, name: string): boolean {
    return this.is(index, 'name') && this.size(index) === name.length && this.text(index) === name;
  }

  text(index: number): string {
    return this.source.slice(this.start(index), this.#ends[index] ?? 0);
  }

  /** Of a string or a template: what stands between its quotes, escapes as they are. */
  inner(index: number): string {
    const start = this.start(index) + 1;
    return this.source.slice(start, Math.max(start, (this.#ends[index] ?? 0) - 1));
  }

  /** How many characters it has, quotes included. */
  size(index: number): number {
    return (this.#ends[index] ?? 0) - this.start(index);
  }

  start(index: number): number {
    return this.#starts[index] ?? 0;
  }

  /** The code of its first character. */
  first(index: number): number {
    return this.source.charCodeAt(this.start(index));
  }
}
