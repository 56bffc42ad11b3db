// TypeScript into tokens, comments left out. Far from a parser, which nothing on the host's main loop should be: one pass,
// no recursion, and where the language is ambiguous (a slash), a guess.
//
// INVARIANT: time is linear in the text, whatever the text is; test/unit/host/making/inspection/bounds.test.ts holds it.

import { KINDS, Tokens } from './tokens.ts';

/** Splits a source. Of a template literal, each stretch of text between its slots is one token. */
export function tokenize(source: string): Tokens {
  const tokens = new Tokens(source);
  /** For each `${` that is open, how many braces are open within it. */
  const slots: number[] = [];
  let at = 0;
  while (at < source.length) {
    const code = source.charCodeAt(at);
    const start = at;
    if (isBlank(code)) at += 1;
    else if (isNamePart(code)) at = addName(tokens, start);
    else if (code === QUOTE || code === APOSTROPHE) {
      at = endOfString(source, start + 1, code);
      tokens.add(KINDS.string, start, at);
    } else if (code === BACKTICK || (code === CLOSE_BRACE && slots.at(-1) === 0)) {
      if (code === CLOSE_BRACE) slots.pop();
      at = endOfTemplate(source, start + 1);
      tokens.add(KINDS.template, start, at);
      if (source.charCodeAt(at - 1) === OPEN_BRACE) slots.push(0);
    } else if (code === SLASH) at = addSlash(tokens, start);
    else if (code === BACKSLASH) at = addName(tokens, start);
    else {
      at += 1;
      tokens.add(KINDS.mark, start, at);
      countBrace(slots, code);
    }
  }
  return tokens;
}

const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const STAR = 0x2a;
const SLASH = 0x2f;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const BACKTICK = 0x60;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const DOLLAR = 0x24;

function isBlank(code: number): boolean {
  return code <= 0x20 || code === 0xa0 || code === 0xfeff;
}

/** Letters, digits, `$`, `_`, and anything beyond ASCII. */
function isNamePart(code: number): boolean {
  if (code >= 0x61) return code <= 0x7a || code >= 0x80;
  return (code >= 0x41 && code <= 0x5a) || isDigit(code) || code === 0x5f || code === DOLLAR;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** A name or a number; returns where it ends. */
function addName(tokens: Tokens, start: number): number {
  const { source } = tokens;
  let end = start;
  let isEscaped = false;
  for (;;) {
    while (isNamePart(source.charCodeAt(end))) end += 1;
    if (source.charCodeAt(end) !== BACKSLASH) break;
    isEscaped = true;
    end = endOfEscape(source, end + 1);
  }
  const kind = isEscaped ? KINDS.escapedName : isDigit(source.charCodeAt(start)) ? KINDS.number : KINDS.name;
  tokens.add(kind, start, end);
  return end;
}

const MAX_ESCAPE = 10;

/** Of `\u{65}` in a name: behind its brace. Any other escape is letters and digits. */
function endOfEscape(source: string, from: number): number {
  if (!source.startsWith('u{', from)) return from;
  const close = source.slice(from, from + MAX_ESCAPE).indexOf('}');
  return close === -1 ? from + 1 : from + close + 1;
}

/** A comment, a pattern, or a division; returns where it ends. */
function addSlash(tokens: Tokens, start: number): number {
  const { source } = tokens;
  const next = source.charCodeAt(start + 1);
  if (next === SLASH) return endOfLine(source, start);
  if (next === STAR) return endOfComment(source, start + 2);
  const divides = isBehindValue(tokens);
  const end = divides ? start + 1 : endOfPattern(source, start + 1);
  tokens.add(divides ? KINDS.mark : KINDS.pattern, start, end);
  return end;
}

/** What ends a line, and with it a comment. U+2028 does, too: it does not show, and is told of as that. */
function isLineEnd(code: number): boolean {
  return code === LINE_FEED || code === CARRIAGE_RETURN;
}

function endOfLine(source: string, from: number): number {
  let at = from;
  while (at < source.length && !isLineEnd(source.charCodeAt(at))) at += 1;
  return at;
}

function endOfComment(source: string, from: number): number {
  const close = source.indexOf('*/', from);
  return close === -1 ? source.length : close + 2;
}

/** Keywords that a value follows: behind them a slash begins a pattern. */
const BEFORE_VALUE = new Set(
  'return typeof case in of delete void throw new else do await yield instanceof'.split(' '),
);

function isBehindValue(tokens: Tokens): boolean {
  const last = tokens.length - 1;
  if (tokens.is(last, 'mark')) return [')', ']', '}'].some((mark) => tokens.isMark(last, mark));
  if (tokens.is(last, 'template')) return tokens.text(last).endsWith('`');
  if (tokens.is(last, 'name')) return tokens.size(last) > 10 || !BEFORE_VALUE.has(tokens.text(last));
  return last >= 0;
}

/** Behind the closing quote, or at the end of the line where there is none. */
function endOfString(source: string, from: number, quote: number): number {
  for (let at = from; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (code === BACKSLASH) at += source.startsWith('\r\n', at + 1) ? 2 : 1;
    else if (code === quote) return at + 1;
    else if (code === LINE_FEED) return at;
  }
  return source.length;
}

/** Behind the closing backtick or the `${`. */
function endOfTemplate(source: string, from: number): number {
  for (let at = from; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === BACKTICK) return at + 1;
    else if (code === DOLLAR && source.charCodeAt(at + 1) === OPEN_BRACE) return at + 2;
  }
  return source.length;
}

/** Behind the closing slash. A line without one is taken whole: to look again from each of its slashes is quadratic. */
function endOfPattern(source: string, from: number): number {
  let isClass = false;
  for (let at = from; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (isLineEnd(code)) return at;
    if (code === BACKSLASH) at += 1;
    else if (code === OPEN_BRACKET) isClass = true;
    else if (code === CLOSE_BRACKET) isClass = false;
    else if (code === SLASH && !isClass) return at + 1;
  }
  return source.length;
}

function countBrace(slots: number[], code: number): void {
  const open = slots.at(-1);
  if (open === undefined) return;
  if (code === OPEN_BRACE) slots[slots.length - 1] = open + 1;
  else if (code === CLOSE_BRACE) slots[slots.length - 1] = open - 1;
}
