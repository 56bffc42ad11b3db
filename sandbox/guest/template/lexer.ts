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
export const BEGINNING: Place<never> = { stack: '', last: ['<start>'], touch: [], keys: [] };

// Tokens that stand for others have names that no source can hold.
/** The token of a slot, of a string and of any other finished value. */
const VALUE = '<value>';
/** The token at the start of a loop's body: the loop's opening or the end of its body. */
const LOOP = '<loop>';
/** A line break after an operand: it may end the statement there, as after `import 'x'`, `break` and `let a: number`. */
const BREAK = '<break>';

const CONTROL = new Set(['if', 'while', 'for', 'with']);
const BEFORE_OPERAND = new Set(
  'return typeof instanceof in new delete throw case do else default extends if while for with'.split(' '),
);
// `}` ends a block or an object, `>` a type or a comparison's operator; the words are names or types elsewhere.
const MAYBE_EITHER = new Set([
  '}',
  '>',
  '.',
  LOOP,
  BREAK,
  'of',
  'await',
  'yield',
  'as',
  'satisfies',
  'is',
  'keyof',
  'type',
]);
const CLOSES: Readonly<Record<string, string>> = { ')': '(c', ']': '[', '}': '{$' };

const TS_TOKEN =
  /(?<space>\s+|\/\/[^\n]*\n|\/\*[^]*?\*\/)|(?<value>"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*')|(?<word>[\p{ID_Continue}$#@\\\u200c\u200d]+)|(?<mark><!--|-->|=>|\.{3}|\+\+|--|[^])/uy;
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
    const { space, value, word, mark = '' } = pattern.exec(text)?.groups ?? {};
    const start = at;
    at += (space ?? value ?? word ?? mark).length;
    if (space !== undefined) {
      if (space.includes('\n') && expectation(last) === 'operator') last = [...last, BREAK];
      continue;
    }
    if (mark === ':' && keys.length > 0) scan.onKeys(keys);
    keys = [];

    if (value !== undefined) last = [VALUE];
    else if (word === '#') scan.onFault('TEMPLATE_SYNTAX', start, 'this # begins no name; leave #! lines out');
    else if (word !== undefined) last = readWord(word, last);
    else {
      const next = readMark(mark, { text, start, stack, last }, scan);
      if ('inside' in next) return next;
      ({ end: at, stack, last } = next);
    }
  }
  return { stack, last, keys, touch: text === '' ? from.touch : touchOf(text.at(-1)) };
}

function readWord(word: string, last: readonly string[]): readonly string[] {
  if (last.includes('.')) return [VALUE];
  // `for await (` is a `for (`.
  return word === 'await' && last.includes('for') ? last : [word];
}

/** A mark in its text, and the place before it. */
interface At {
  readonly text: string;
  readonly start: number;
  readonly stack: string;
  readonly last: readonly string[];
}

/** Where a mark's token ends, and the place there. */
interface Read {
  readonly end: number;
  readonly stack: string;
  readonly last: readonly string[];
}

function readMark<Slot>(mark: string, at: At, scan: Scan<Slot>): Read | Inside {
  const { text, start, stack, last } = at;
  const end = start + mark.length;
  if (mark === '"') return openString(at, scan);
  if ('([{'.includes(mark)) return { end, stack: stack + openBracket(mark, last), last: [mark] };
  if (scan.language === 'ts') {
    if (mark === "'") return openString(at, scan);
    if (mark === '/') return readSlash(at, scan);
    if (mark === '`') return readTemplateText(text, end, stack);
    if (mark === '}' && stack.endsWith('$')) return readTemplateText(text, end, stack.slice(0, -1));
    if (mark === '++' || mark === '--') return { end, stack, last: [VALUE] };
    if (mark === '<!--' || mark === '-->') {
      scan.onFault('TEMPLATE_SYNTAX', start, `${mark} may begin a comment of HTML; put spaces into it`);
    }
    if (mark === '.' && last.some(isNumber) && !/\d/.test(text.charAt(end))) {
      const reason = 'this point may end a number or lead to a member; put the number in parentheses';
      scan.onFault('TEMPLATE_SLOT_POSITION', start, reason);
    }
    // After an operand, `!` is TypeScript's assertion and changes nothing.
    if (mark === '!' && text[end] !== '=' && expectation(last) !== 'operand') return { end, stack, last };
  }
  const opening = CLOSES[mark];
  if (opening === undefined) return { end, stack, last: [mark] };
  const open = stack.at(-1) ?? ' ';
  if (!opening.includes(open)) scan.onFault('TEMPLATE_SYNTAX', start, `this ${mark} closes nothing`);
  return { end, stack: stack.slice(0, -1), last: [open === 'c' ? 'c)' : mark] };
}

function isNumber(token: string): boolean {
  return /^\d/.test(token);
}

function openBracket(mark: string, last: readonly string[]): string {
  return mark === '(' && last.some((token) => CONTROL.has(token)) ? 'c' : mark;
}

/** From the start of a template literal's text, or from its middle, to its end or the next `${`. */
function readTemplateText(text: string, start: number, stack: string): Read | Inside {
  TEMPLATE_TEXT.lastIndex = start;
  const match = TEMPLATE_TEXT.exec(text);
  if (match === null) return { inside: 'a template literal' };
  const end = start + match[0].length;
  return match[1] === undefined ? { end, stack, last: [VALUE] } : { end, stack: `${stack}$`, last: [match[1]] };
}

/** The tokens read whole are strings that end: this one does not. */
function openString<Slot>({ text, start }: At, scan: Scan<Slot>): Inside {
  if (!text.includes('\n', start)) return { inside: 'a string' };
  return scan.onFault('TEMPLATE_SYNTAX', start, 'this string does not end on its line');
}

/** What a `/` begins: a division, a comment that goes on, a regular expression. */
function readSlash<Slot>({ text, start, stack, last }: At, scan: Scan<Slot>): Read | Inside {
  const next = text[start + 1];
  if (next === '/') return { inside: LINE_COMMENT };
  if (next === '*') return { inside: 'a comment' };
  if (next === undefined) {
    scan.onFault('TEMPLATE_SLOT_POSITION', start, 'a / stands directly before a tag; put a space between them');
  }
  const expected = expectation(last);
  if (expected === 'operator') return { end: start + 1, stack, last: ['/'] };
  if (expected === 'unclear') {
    const reason =
      'this / may divide or begin a regular expression; put what is before it in parentheses, on the line of the /';
    scan.onFault('TEMPLATE_SLOT_POSITION', start, reason);
  }
  REGEX.lastIndex = start;
  const regex = REGEX.exec(text);
  if (regex !== null) return { end: start + regex[0].length, stack, last: [VALUE] };
  if (!text.includes('\n', start)) return { inside: 'a regular expression' };
  return scan.onFault('TEMPLATE_SYNTAX', start, 'this regular expression does not end on its line');
}

/** What may come after these tokens: an operator, where `/` divides, or an operand, where it begins an expression. */
function expectation(last: readonly string[]): 'operator' | 'operand' | 'unclear' {
  const [first, ...others] = new Set(last.map(expectationAfter));
  return first === undefined || others.length > 0 ? 'unclear' : first;
}

function expectationAfter(token: string): 'operator' | 'operand' | 'unclear' {
  if (MAYBE_EITHER.has(token)) return 'unclear';
  if (token === ')' || token === ']' || token === VALUE) return 'operator';
  if (token === '<start>' || token === 'c)' || BEFORE_OPERAND.has(token)) return 'operand';
  return /^[\p{ID_Continue}$#@\\\u200c\u200d]/u.test(token) ? 'operator' : 'operand';
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
