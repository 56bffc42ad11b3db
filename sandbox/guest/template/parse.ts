// A template's text → Handlebars' own syntax tree, with exact positions.

import type { SourcePosition } from '../../manifest.ts';
import { checkBounds } from './bounds.ts';
import { countBreaks, templateError, type TemplateFile } from './failure.ts';
import { handlebars, statementsOf, type Block, type Content, type Program } from './handlebars.ts';

/**
 * Parses a template within its bounds.
 *
 * @throws TEMPLATE_SYNTAX when it cannot be read
 * @throws TEMPLATE_UNSUPPORTED when it is out of bounds
 */
export function parseTemplate(file: TemplateFile, text: string): Program {
  const normalized = text.replace(/\r\n?/g, '\n');
  checkBounds(file, normalized);
  const program = parse(file, normalized);
  placeContents(program);
  return program;
}

function parse(file: TemplateFile, text: string): Program {
  try {
    return handlebars.parse(text);
  } catch (error) {
    throw syntaxError(file, error);
  }
}

/**
 * Makes runs of text one node each (an escaped `\{{` splits them), which begins where its text begins: Handlebars trims
 * a text next to a block and leaves its position at the untrimmed start.
 */
function placeContents(program: Program): void {
  const placed: Program['body'] = [];
  let run: Content | undefined;
  for (const statement of statementsOf(program)) {
    if (statement.type !== 'ContentStatement') {
      run = undefined;
      placed.push(statement);
      if (statement.type === 'BlockStatement') placeBlock(statement);
      continue;
    }
    if (statement.value === '') continue;
    if (run === undefined) {
      run = statement;
      run.loc = { ...run.loc, start: startOf(run) };
      placed.push(run);
    } else {
      run.value += statement.value;
    }
  }
  program.body = placed;
}

function placeBlock(block: Block): void {
  if (block.program !== undefined) placeContents(block.program);
  if (block.inverse !== undefined) placeContents(block.inverse);
}

function startOf({ loc, original, value }: Content): { line: number; column: number } {
  const trimmed = original.slice(0, trimmedAtStart(original, value));
  const lastBreak = trimmed.lastIndexOf('\n');
  if (lastBreak < 0) return { line: loc.start.line, column: loc.start.column + trimmed.length };
  return { line: loc.start.line + countBreaks(trimmed), column: trimmed.length - lastBreak - 1 };
}

/** How much white space was taken off in front of `value`. */
function trimmedAtStart(original: string, value: string): number {
  const kept = value.search(/\S/);
  if (kept >= 0) return original.search(/\S/) - kept;
  // Nothing but white space is left: what was taken off behind it holds no line break, so breaks tell.
  const breaks = countBreaks(original) - countBreaks(value);
  let at = 0;
  for (let seen = 0; seen < breaks; seen++) at = original.indexOf('\n', at) + 1;
  return at;
}

/** What jison and Handlebars report, without the excerpt of the source they quote. */
function syntaxError(file: TemplateFile, error: unknown): Error {
  const { message, lineNumber, column } = error as Error & { lineNumber?: number; column?: number };
  if (lineNumber !== undefined) {
    const at = { file, line: lineNumber, column: column ?? 0 };
    return templateError('TEMPLATE_SYNTAX', at, message.replace(/ - \d+:\d+$/, ''));
  }
  const found = /got '(\w+)'$/.exec(message)?.[1] ?? 'text';
  const reason =
    found === 'EOF'
      ? 'the template ends inside a block or tag; close it'
      : `this tag cannot be read: unexpected ${found}`;
  return templateError('TEMPLATE_SYNTAX', parserPosition(file), reason);
}

function parserPosition(file: TemplateFile): SourcePosition {
  const { first_line: line = 1, first_column: column = 0 } = handlebars.Parser.lexer.yylloc ?? {};
  return { file, line, column };
}
