// Follows the TypeScript or JSON between a template's tags, as far as it takes to say where a literal may stand.
//
// SECURITY: this decides that a slot is code position and not the inside of a string, where a literal's own quotes would
// end that string and make its text code. What cannot be told for certain is refused, never guessed
// (test/unit/sandbox/guest/template/slots.test.ts).

/** The language around the tags. */
export type Language = 'json' | 'ts';

/** Where a text stands between two tokens. Two branches of a block end in the same place when their stacks are equal. */
export interface Place<Slot> {
  /** Open brackets, outermost first: `( [ {`, `$` for a template literal's `${`, `c` for the `(` of `if (`, `while (`, … */
  readonly stack: string;
  /** What the token before may be: more than one where branches join. */
  readonly last: readonly string[];
  /** What the character before may be, when it touches: a word's, an operator's. */
  readonly touch: readonly Touch[];
  /** Slots directly before, which are property keys if a `:` follows. */
  readonly keys: readonly Slot[];
}

/** A character that would join a like one. */
export type Touch = 'word' | 'operator';

/** Where a text stands that ended inside a token. */
export interface Inside {
  readonly inside: string;
}

/** What {@link scanText} calls out. */
export interface Scan<Slot> {
  readonly language: Language;
  /** These slots are property keys. */
  onKeys(slots: readonly Slot[]): void;
  /** The text cannot be followed at this offset. */
  onFault(code: 'TEMPLATE_SYNTAX' | 'TEMPLATE_SLOT_POSITION', offset: number, reason: string): never;
}

/** What a text may end inside of. */
export const LINE_COMMENT = 'a line comment';

/** Where a template begins. */
export const BEGINNING: Place<never> = { stack: '', last: ['start'], touch: [], keys: [] };

/** The token of a slot, of a string and of any other finished value. */
const VALUE = 'value';
/** The token at the start of a loop's body: the loop's opening or the end of its body. */
const LOOP = 'loop';

const CONTROL = new Set(['if', 'while', 'for', 'with']);
const BEFORE_OPERAND = new Set(
  'return typeof instanceof in new delete void throw case do else default extends if while for with'.split(' '),
);
const MAYBE_NAME = new Set(['of', 'await', 'yield', 'as', 'satisfies', 'is', 'keyof', 'type', 'async', 'static']);
const CLOSES: Readonly<Record<string, string>> = { ')': '(c', ']': '[', '}': '{$' };

const TS_TOKEN =
  /(?<space>\s+|\/\/[^\n]*\n|\/\*[^]*?\*\/)|(?<value>"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*')|(?<word>[\p{ID_Continue}$#@\\\u200c\u200d]+)|(?<mark>=>|\.{3}|\+\+|--|[^])/uy;
const JSON_TOKEN = /(?<space>\s+)|(?<value>"(?:[^"\\\n]|\\[^\n])*")|(?<word>[^\s"{}[\],:]+)|(?<mark>[^])/uy;
const TEMPLATE_TEXT = /(?:[^`\\$]|\\[^]|\$(?!\{))*(?:`|(\$\{))/y;
const REGEX = /\/(?:[^/\\[\n]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n])*\])+\/[\p{ID_Continue}$]*/uy;

/** Reads a text from a place to the place, or the inside of a token, where it ends. */
export function scanText<Slot>(text: string, from: Place<Slot>, scan: Scan<Slot>): Place<Slot> | Inside {
  checkSeam(text, from, scan);
  const pattern = scan.language === 'ts' ? TS_TOKEN : JSON_TOKEN;
  let { stack, last, keys } = from;
  for (let at = 0; at < text.length;) {
    pattern.lastIndex = at;
    const groups = pattern.exec(text)?.groups ?? {};
    const token = groups['space'] ?? groups['value'] ?? groups['word'] ?? groups['mark'] ?? '';
    const start = at;
    at += token.length;
    if (groups['space'] !== undefined) continue;

    if (keys.length > 0 && token === ':') scan.onKeys(keys);
    keys = [];
    if (groups['value'] !== undefined) last = [VALUE];
    else if (groups['word'] !== undefined) last = [last.includes('.') ? VALUE : token];
    else if (token === '"' || (scan.language === 'ts' && token === "'")) return openString(text, start, scan);
    else if (scan.language === 'ts' && (token === '`' || (token === '}' && stack.endsWith('$')))) {
      if (token === '}') stack = stack.slice(0, -1);
      TEMPLATE_TEXT.lastIndex = at;
      const match = TEMPLATE_TEXT.exec(text);
      if (match === null) return { inside: 'a template literal' };
      at += match[0].length;
      if (match[1] !== undefined) stack += '$';
      last = [match[1] ?? VALUE];
    } else if (scan.language === 'ts' && token === '/') {
      const end = slash(text, start, last, scan);
      if (typeof end !== 'number') return end;
      last = [end === at ? '/' : VALUE];
      at = end;
    } else if ('([{'.includes(token)) {
      stack += token === '(' && last.some((word) => CONTROL.has(word)) ? 'c' : token;
      last = [token];
    } else if (CLOSES[token] !== undefined) {
      const open = stack.at(-1) ?? ' ';
      if (!CLOSES[token].includes(open)) scan.onFault('TEMPLATE_SYNTAX', start, `this ${token} closes nothing`);
      stack = stack.slice(0, -1);
      last = [open === 'c' ? 'c)' : token];
    } else if (token === '++' || token === '--') last = [VALUE];
    // After an operand, `!` is TypeScript's assertion and changes nothing.
    else if (token !== '!' || text[at] === '=' || expectation(last) === 'operand') last = [token];
  }
  return { stack, last, keys, touch: text === '' ? from.touch : touchOf(text.at(-1)) };
}

/** The place after a slot. */
export function afterSlot<Slot>(place: Place<Slot>, slot: Slot): Place<Slot> {
  const mayBeKey = place.stack.endsWith('{') && place.last.some((token) => '{,'.includes(token) || token === LOOP);
  return { stack: place.stack, last: [VALUE], touch: [], keys: mayBeKey ? [slot] : [] };
}

/** The place where a loop's body begins: after the loop's opening, or after the body. */
export function loopStart<Slot>(place: Place<Slot>): Place<Slot> {
  return { ...place, last: [...place.last, LOOP] };
}

/** The place where two branches meet, if they can. */
export function join<Slot>(one: Place<Slot>, other: Place<Slot>): Place<Slot> | undefined {
  if (one.stack !== other.stack) return undefined;
  return {
    stack: one.stack,
    last: union(one.last, other.last),
    touch: union(one.touch, other.touch),
    keys: union(one.keys, other.keys),
  };
}

function union<Item>(one: readonly Item[], other: readonly Item[]): Item[] {
  return [...new Set([...one, ...other])];
}

/** A tag may not stand inside a token: what it joins would be another token than what was read. */
function checkSeam<Slot>(text: string, from: Place<Slot>, scan: Scan<Slot>): void {
  const first = touchOf(text[0]);
  if (first.some((touch) => from.touch.includes(touch))) {
    scan.onFault(
      'TEMPLATE_SLOT_POSITION',
      0,
      'a tag stands inside a word or operator; put a space on either side of it',
    );
  }
}

function touchOf(character: string | undefined): readonly Touch[] {
  if (character === undefined || /[\s"'`()[\]{},;:]/.test(character)) return [];
  return /[-+*/%=<>!&|?^~.]/.test(character) ? ['operator'] : ['word'];
}

function openString<Slot>(text: string, start: number, scan: Scan<Slot>): Inside {
  if (!text.includes('\n', start)) return { inside: 'a string' };
  return scan.onFault('TEMPLATE_SYNTAX', start, 'this string does not end on its line');
}

/** The end of what a `/` begins: itself when it divides, a comment that goes on, a regular expression. */
function slash<Slot>(text: string, start: number, last: readonly string[], scan: Scan<Slot>): number | Inside {
  const next = text[start + 1];
  if (next === '/') return { inside: LINE_COMMENT };
  if (next === '*') return { inside: 'a comment' };
  if (next === undefined) {
    scan.onFault('TEMPLATE_SLOT_POSITION', start, 'a / stands directly before a tag; put a space between them');
  }
  const expected = expectation(last);
  if (expected === 'operator') return start + 1;
  if (expected === 'unclear') {
    const reason = 'this / may divide or begin a regular expression; put what is before it in parentheses';
    scan.onFault('TEMPLATE_SLOT_POSITION', start, reason);
  }
  REGEX.lastIndex = start;
  const regex = REGEX.exec(text);
  if (regex !== null) return start + regex[0].length;
  if (!text.includes('\n', start)) return { inside: 'a regular expression' };
  return scan.onFault('TEMPLATE_SYNTAX', start, 'this regular expression does not end on its line');
}

/** What may come after these tokens: an operator, where `/` divides, or an operand, where it begins an expression. */
function expectation(last: readonly string[]): 'operator' | 'operand' | 'unclear' {
  const [first, ...others] = new Set(last.map(expectationAfter));
  return first === undefined || others.length > 0 ? 'unclear' : first;
}

function expectationAfter(token: string): 'operator' | 'operand' | 'unclear' {
  if (token === '}' || token === '>' || token === '.' || token === LOOP || MAYBE_NAME.has(token)) return 'unclear';
  if (token === ')' || token === ']' || token === VALUE) return 'operator';
  if (token === 'start' || token === 'c)' || BEFORE_OPERAND.has(token)) return 'operand';
  return /^[\p{ID_Continue}$#@\\\u200c\u200d]/u.test(token) ? 'operator' : 'operand';
}
