// One value → one literal. This is the only way a value gets into what a template renders.
//
// SECURITY: a string's text can end or open nothing, in whatever context it lands: every character that means something to
// a lexer, of JavaScript, JSON, HTML or an editor, is written as \uXXXX (test/unit/sandbox/guest/template/literal.test.ts).

import type { Language } from './lexer.ts';

/** Where a literal stands: a value, or the key of an object literal. */
export type LiteralRole = 'value' | 'key';

/** Takes the pieces of a literal in order; may throw when it is full. */
export interface LiteralSink {
  write(piece: string): void;
  /** The value is none that JSON can say. */
  refuse(reason: string): never;
}

/** Deeper values are refused: nothing honest nests so far, and a cycle does. */
export const MAX_VALUE_DEPTH = 64;

/** Writes a value as one expression of TypeScript, or as one JSON text. */
export function writeLiteral(value: unknown, language: Language, role: LiteralRole, sink: LiteralSink): void {
  if (role === 'key') writeKeySlot(value, language, sink);
  else if (language === 'ts' && needsParentheses(value)) {
    sink.write('(');
    writeValue(value, language, 0, sink);
    sink.write(')');
  } else writeValue(value, language, 0, sink);
}

/** `-` would join an operator before it; `{` would open a block where a statement may begin. */
function needsParentheses(value: unknown): boolean {
  if (typeof value === 'number') return isNegative(value);
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** In TypeScript a computed key, because `"__proto__": …` would set the prototype. */
function writeKeySlot(value: unknown, language: Language, sink: LiteralSink): void {
  if (typeof value !== 'string') sink.refuse(`a key must be a string, not ${typeof value}`);
  writeString(value, language === 'ts' ? ['["', '"]'] : ['"', '"'], sink);
}

function writeValue(value: unknown, language: Language, depth: number, sink: LiteralSink): void {
  if (depth > MAX_VALUE_DEPTH) sink.refuse(`a value nests deeper than ${MAX_VALUE_DEPTH} levels`);
  if (value === null || typeof value === 'boolean') sink.write(String(value));
  else if (typeof value === 'number') writeNumber(value, sink);
  else if (typeof value === 'string') writeString(value, ['"', '"'], sink);
  else if (Array.isArray(value)) writeList(value, language, depth, sink);
  else if (typeof value === 'object') writeEntries(value, language, depth, sink);
  else sink.refuse(`a ${typeof value} cannot be written as a literal`);
}

function writeNumber(value: number, sink: LiteralSink): void {
  if (!Number.isFinite(value)) sink.refuse(`${value} cannot be written as a literal`);
  sink.write(Object.is(value, -0) ? '-0' : String(value));
}

function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

function writeList(list: readonly unknown[], language: Language, depth: number, sink: LiteralSink): void {
  sink.write('[');
  list.forEach((item, index) => {
    if (index > 0) sink.write(',');
    writeValue(item, language, depth + 1, sink);
  });
  sink.write(']');
}

function writeEntries(object: object, language: Language, depth: number, sink: LiteralSink): void {
  sink.write('{');
  Object.entries(object).forEach(([key, value], index) => {
    if (index > 0) sink.write(',');
    writeString(key, language === 'ts' && key === '__proto__' ? ['["', '"]'] : ['"', '"'], sink);
    sink.write(':');
    writeValue(value, language, depth + 1, sink);
  });
  sink.write('}');
}

// Quotes, what opens comments, tags and substitutions; controls; invisible and direction-changing characters, line
// separators, noncharacters; lone surrogates.
const UNSAFE = /["'`$/\\<>*\u00a0\u202f\u2065\ufff0-\uffff\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu;
// A huge string is written in steps, so that the sink stops it before it is six times its size in memory.
const STEP = 16 * 1024;

function writeString(text: string, [open, close]: readonly [string, string], sink: LiteralSink): void {
  sink.write(open);
  for (let at = 0; at < text.length;) {
    let end = Math.min(at + STEP, text.length);
    // Never between the two halves of one character: each alone would be a lone surrogate.
    if (end < text.length && /[\ud800-\udbff]/.test(text.charAt(end - 1))) end++;
    sink.write(text.slice(at, end).replace(UNSAFE, escapeCharacter));
    at = end;
  }
  sink.write(close);
}

function escapeCharacter(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
