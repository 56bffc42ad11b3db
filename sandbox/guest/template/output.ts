// What one template renders to, within a budget, with the template line each line came from.

import { countBreaks } from './failure.ts';
import type { Language } from './lexer.ts';
import { mayFollowSlot, mayPrecedeSlot } from './seam.ts';

/** Bytes that both files of one rendering may still use. */
export interface Budget {
  bytesLeft: number;
}

/** A text under construction. */
export class Output {
  readonly #language: Language;
  readonly #budget: Budget;
  readonly #onLimit: (line: number) => never;
  readonly #pieces: string[] = [];
  readonly #lines: number[] = [];
  #lastLine = 1;
  #tail = '';
  #afterSlot = false;

  /** `onLimit` is called with the template line whose text no longer fits. */
  constructor(language: Language, budget: Budget, onLimit: (line: number) => never) {
    this.#language = language;
    this.#budget = budget;
    this.#onLimit = onLimit;
  }

  /** Adds text of the template that begins at this line of it. */
  addText(text: string, line: number): void {
    if (this.#afterSlot && !mayFollowSlot(this.#language, text.charAt(0))) this.#add(' ', line);
    this.#afterSlot = false;
    this.#add(text, line);
  }

  /** Before the pieces of a literal. Whatever stood before, the literal does not become part of it. */
  beginLiteral(line: number): void {
    if (this.#afterSlot || !mayPrecedeSlot(this.#language, this.#tail)) this.#add(' ', line);
  }

  /** Adds a piece of a literal: a literal holds no line breaks. */
  addLiteral(piece: string, line: number): void {
    this.#afterSlot = true;
    this.#add(piece, line);
  }

  /** Ends the rendering: what this template line asks for does not fit. */
  overflow(line: number): never {
    return this.#onLimit(line);
  }

  /** All of it so far. */
  get text(): string {
    return this.#pieces.join('');
  }

  /** For each line of the text (index 0 = line 1) the template line where it began. */
  get lines(): number[] {
    return this.#atLineStart ? [...this.#lines, this.#lastLine] : [...this.#lines];
  }

  get #atLineStart(): boolean {
    return this.#tail === '' || this.#tail === '\n';
  }

  #add(text: string, line: number): void {
    if (text === '') return;
    this.#budget.bytesLeft -= utf8Length(text);
    if (this.#budget.bytesLeft < 0) this.overflow(line);
    const breaks = countBreaks(text);
    if (this.#atLineStart) this.#lines.push(line);
    // The last break opens a line only when something follows.
    const opened = text.endsWith('\n') ? breaks - 1 : breaks;
    for (let step = 1; step <= opened; step++) this.#lines.push(line + step);
    this.#lastLine = line + breaks;
    this.#tail = text.charAt(text.length - 1);
    this.#pieces.push(text);
  }
}

function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    // Half of a pair counts two: four for the pair.
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}
