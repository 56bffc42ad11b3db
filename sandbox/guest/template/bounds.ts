// Refuses what would keep Handlebars busy, before it sees it: its parser alone takes 13 s for 8,000 nested blocks.
//
// The scan knows just enough of the syntax to count; what it lets through by mistake the making's deadline ends.

import type { SourcePosition } from '../../manifest.ts';
import { positionAt, templateError, type TemplateFile } from './failure.ts';

/** The most characters of one template. */
export const MAX_TEMPLATE_LENGTH = 256 * 1024;
/** The most blocks, or parentheses, in one another; each `else if` counts as a block within its block. */
export const MAX_TEMPLATE_NESTING = 32;
/** The most tags of one template. Handlebars compares every block with every other. */
export const MAX_TEMPLATE_TAGS = 5000;

/** @throws TEMPLATE_UNSUPPORTED when a template is too long, too deep, has too many tags or holds a raw block */
export function checkBounds(file: TemplateFile, text: string): void {
  const start: SourcePosition = { file, line: 1, column: 0 };
  if (text.length > MAX_TEMPLATE_LENGTH) {
    throw limitError(start, 'characters', MAX_TEMPLATE_LENGTH, 'move data into data/*.json and code into lib/*.ts');
  }
  // Line breaks to JavaScript but not to an editor, or the end of input to the parser: lines would not match.
  const stray = text.search(/[\0\u2028\u2029]/);
  if (stray >= 0) {
    const escape = `\\u${text.charCodeAt(stray).toString(16).padStart(4, '0')}`;
    throw templateError('TEMPLATE_SYNTAX', positionAt(start, text, stray), `write this character as ${escape}`);
  }
  checkTags(start, text);
}

// The start of a tag with what says its kind. One backslash escapes it, two are one backslash before it.
const TAG = /(?<!\\)(\\*)\{\{(\{\{)?~?(!--|!|#|\^(?!~?\}\})|\/|else\s+(?=[^\s~}]))?/g;

function checkTags(start: SourcePosition, text: string): void {
  // One entry per open block: the levels it adds, itself and its `else if`s.
  const levels: number[] = [];
  let depth = 0;
  let tags = 0;
  for (const match of tagsOf(text)) {
    const [, , raw, kind = ''] = match;
    const at = (): SourcePosition => positionAt(start, text, match.index);
    if (raw !== undefined) throw templateError('TEMPLATE_UNSUPPORTED', at(), 'raw blocks are not supported');

    if (kind === '/') depth -= levels.pop() ?? 0;
    else if (kind.startsWith('else')) {
      const last = levels.length - 1;
      levels[last] = (levels[last] ?? 0) + 1;
      depth++;
    } else if (kind !== '') {
      levels.push(1);
      depth++;
    }
    if (Math.max(depth, match.parentheses) > MAX_TEMPLATE_NESTING) {
      throw limitError(at(), 'levels of nesting', MAX_TEMPLATE_NESTING, 'use a lookup in a data pack');
    }
    tags++;
    if (tags > MAX_TEMPLATE_TAGS) throw limitError(at(), 'tags', MAX_TEMPLATE_TAGS, 'emit a whole container at once');
  }
}

/** The tags but for comments, in one pass; what comes after a tag that does not end is the parser's to refuse. */
function* tagsOf(text: string): Generator<RegExpExecArray & { parentheses: number }> {
  TAG.lastIndex = 0;
  for (let match = TAG.exec(text); match !== null; match = TAG.exec(text)) {
    const [opening, backslashes, , kind] = match;
    const from = match.index + opening.length;
    if (backslashes === '\\') continue;
    if (kind?.startsWith('!') === true) {
      const closing = kind === '!' ? /\}\}/g : /--~?\}\}/g;
      closing.lastIndex = from;
      if (!closing.test(text)) return;
      TAG.lastIndex = closing.lastIndex;
      continue;
    }
    const { end, parentheses } = readTag(text, from);
    yield Object.assign(match, { parentheses });
    TAG.lastIndex = end;
  }
}

const IN_TAG = /["'[()]|\}\}/g;
const CLOSINGS: Readonly<Record<string, string>> = { '"': '"', "'": "'", '[': ']' };

/** Where the tag ends whose content starts at `from`, and how deep its parentheses go. */
function readTag(text: string, from: number): { end: number; parentheses: number } {
  let depth = 0;
  let parentheses = 0;
  IN_TAG.lastIndex = from;
  for (let match = IN_TAG.exec(text); match !== null; match = IN_TAG.exec(text)) {
    const [token] = match;
    if (token === '}}') return { end: IN_TAG.lastIndex, parentheses };
    if (token === ')') depth--;
    else if (token === '(') parentheses = Math.max(parentheses, ++depth);
    else {
      const closing = text.indexOf(CLOSINGS[token] ?? '', match.index + 1);
      if (closing < 0) break;
      IN_TAG.lastIndex = closing + 1;
    }
  }
  return { end: text.length, parentheses };
}

function limitError(at: SourcePosition, what: string, limit: number, wayOut: string): Error {
  return templateError('TEMPLATE_UNSUPPORTED', at, `a template has at most ${limit} ${what}; ${wayOut}`, { limit });
}
