// Where slots stand: every tag must be in code position, between two tokens, whichever way the blocks before it went.

import type { SourcePosition } from '../../manifest.ts';
import { positionAt, templateError, type TemplateFile } from './failure.ts';
import { statementsOf, type Block, type Content, type Mustache, type Program, type Statement } from './handlebars.ts';
import {
  afterSlot,
  BEGINNING,
  join,
  LINE_COMMENT,
  loopStart,
  scanText,
  type Inside,
  type Language,
  type Place,
} from './lexer.ts';
import { mayFollowSlot, mayPrecedeSlot } from './seam.ts';

/** The slots of a template that are keys of an object literal. */
export type KeySlots = ReadonlySet<Mustache>;

/**
 * Checks where the tags of a parsed template stand.
 *
 * @throws TEMPLATE_SLOT_POSITION when a tag is inside a string, a template literal's text, a comment, a regular expression
 * or a word, or when a block's branches end in different places
 * @throws TEMPLATE_SYNTAX when the text around the tags cannot be read
 */
export function checkSlots(file: TemplateFile, language: Language, program: Program): KeySlots {
  const keys = new Set<Mustache>();
  const walk: Walk = { file, language, keys };
  const end = walkProgram(program, BEGINNING, walk);
  const at: SourcePosition = { file, ...(program.body.at(-1)?.loc.end ?? { line: 1, column: 0 }) };
  if ('inside' in end) {
    if (end.inside !== LINE_COMMENT) {
      throw templateError('TEMPLATE_SYNTAX', at, `the template ends inside ${end.inside}`);
    }
  } else if (end.stack !== '') throw templateError('TEMPLATE_SYNTAX', at, 'the template ends inside an open bracket');
  return keys;
}

interface Walk {
  readonly file: TemplateFile;
  readonly language: Language;
  readonly keys: Set<Mustache>;
}

type MustachePlace = Place<Mustache>;

function walkProgram(program: Program, from: MustachePlace, walk: Walk): MustachePlace | Inside {
  const statements = statementsOf(program);
  let place: MustachePlace | Inside = from;
  for (const [index, statement] of statements.entries()) {
    if ('inside' in place) {
      const reason = `a tag stands inside ${place.inside}; ${WAYS_OUT[walk.language]}`;
      throw templateError('TEMPLATE_SLOT_POSITION', { file: walk.file, ...statement.loc.start }, reason);
    }
    if (statement.type === 'ContentStatement') place = walkContent(statement, place, walk);
    else if (statement.type === 'BlockStatement') place = walkBlock(statement, place, walk);
    else if (statement.type === 'MustacheStatement') {
      checkNeighbours(statement, statements[index - 1], statements[index + 1], walk);
      place = afterSlot(place, statement);
    }
  }
  return place;
}

const WAYS_OUT: Readonly<Record<Language, string>> = {
  json: 'build the whole string with {{text "…" value "…"}}',
  ts: 'build the whole string with {{text "…" value "…"}}, or leave the comment free of tags',
};

function walkContent(content: Content, from: MustachePlace, walk: Walk): MustachePlace | Inside {
  const start: SourcePosition = { file: walk.file, ...content.loc.start };
  return scanText(content.value, from, {
    language: walk.language,
    onKeys: (slots) => slots.forEach((slot) => walk.keys.add(slot)),
    onFault: (code, offset, reason) => {
      throw templateError(code, positionAt(start, content.value, offset), reason);
    },
  });
}

function walkBlock(block: Block, from: MustachePlace, walk: Walk): MustachePlace {
  const loops = block.path.original === 'each';
  const body = walkBranch(block, block.program, loops ? loopStart(from) : from, walk);
  const otherwise = walkBranch(block, block.inverse, from, walk);
  const place = join(body, otherwise);
  if (place === undefined || (loops && body.stack !== from.stack)) {
    const reason = loops
      ? 'the body of this loop opens or closes a bracket; keep pairs of brackets inside it'
      : 'the branches of this block open or close different brackets; keep pairs of brackets inside each';
    throw templateError('TEMPLATE_SLOT_POSITION', { file: walk.file, ...block.loc.start }, reason);
  }
  return place;
}

function walkBranch(block: Block, branch: Program | undefined, from: MustachePlace, walk: Walk): MustachePlace {
  if (branch === undefined) return from;
  const place = walkProgram(branch, from, walk);
  if (!('inside' in place)) return place;
  const at = { file: walk.file, ...block.loc.start };
  throw templateError('TEMPLATE_SLOT_POSITION', at, `a branch of this block ends inside ${place.inside}`);
}

/** A slot is one token: it may not touch another one. */
function checkNeighbours(
  slot: Mustache,
  before: Statement | undefined,
  after: Statement | undefined,
  walk: Walk,
): void {
  const previous = before?.type === 'ContentStatement' ? (before.value.at(-1) ?? '') : '';
  const next = after?.type === 'ContentStatement' ? (after.value[0] ?? '') : '';
  const spread = before?.type === 'ContentStatement' && before.value.endsWith('...');
  const glued =
    after?.type === 'MustacheStatement' ||
    !mayFollowSlot(walk.language, next) ||
    !(mayPrecedeSlot(walk.language, previous) || (spread && walk.language === 'ts'));
  if (!glued) return;
  const reason = 'a slot touches what stands beside it; it is a whole value: put a space or parentheses around it';
  throw templateError('TEMPLATE_SLOT_POSITION', { file: walk.file, ...slot.loc.start }, reason);
}
