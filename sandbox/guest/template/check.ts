// What a template may say: values, the four blocks, the listed helpers. Everything else is refused when it is loaded.

import type { SourcePosition } from '../../manifest.ts';
import { nearest } from '../schema/nearest.ts';
import { templateError, type TemplateFile } from './failure.ts';
import {
  isCall,
  pairsOf,
  paramsOf,
  statementsOf,
  writtenAs,
  type Block,
  type Expression,
  type Mustache,
  type Path,
  type Program,
  type Statement,
  type SubExpression,
} from './handlebars.ts';
import { HELPERS } from './helpers.ts';

/** The blocks of the language → how many names `as |…|` may give. */
const BLOCKS: Readonly<Record<string, number>> = { if: 0, unless: 0, each: 2, with: 1 };
const DATA_NAMES = ['root', 'data', 'template', 'key', 'index', 'first', 'last'];
/** The most statements and expressions of one template. */
const MAX_NODES = 20_000;

/**
 * Checks every statement and expression of a parsed template.
 *
 * @throws TEMPLATE_RAW_SLOT for `{{{raw}}}` and `{{&raw}}`
 * @throws TEMPLATE_UNSUPPORTED for partials, decorators, unknown `@names` and other parts of Handlebars the language leaves out
 * @throws TEMPLATE_HELPER_UNKNOWN for a helper or block that is not listed
 * @throws TEMPLATE_HELPER_FAILED for a call with too few or too many arguments
 */
export function checkLanguage(file: TemplateFile, program: Program): void {
  checkProgram(program, { file, nodes: 0 });
}

interface Check {
  readonly file: TemplateFile;
  nodes: number;
}

function checkProgram(program: Program, check: Check): void {
  for (const statement of statementsOf(program)) checkStatement(statement, check);
}

function checkStatement(statement: Statement, check: Check): void {
  const at = count(statement, check);
  switch (statement.type) {
    case 'ContentStatement':
    case 'CommentStatement':
      return;
    case 'MustacheStatement':
      checkSlot(statement, at, check);
      return;
    case 'BlockStatement':
      checkBlock(statement, at, check);
      return;
    case 'PartialStatement':
    case 'PartialBlockStatement':
      throw templateError('TEMPLATE_UNSUPPORTED', at, 'partials are not supported; share code in lib/*.ts');
    case 'Decorator':
    case 'DecoratorBlock':
      throw templateError('TEMPLATE_UNSUPPORTED', at, 'decorators are not supported');
  }
}

function checkSlot(slot: Mustache, at: SourcePosition, check: Check): void {
  if (!slot.escaped) {
    const written = `{{${slot.path.type === 'PathExpression' ? (slot.path as Path).original : '…'}}}`;
    const reason = `a raw slot would splice text into code; write ${written}, which emits one literal`;
    throw templateError('TEMPLATE_RAW_SLOT', at, reason);
  }
  if (isCall(slot)) checkCall(slot, at, check);
  else checkExpression(slot.path as Expression, check);
}

function checkBlock(block: Block, at: SourcePosition, check: Check): void {
  const name = block.path.original;
  if (!Object.hasOwn(BLOCKS, name)) {
    const reason = `there is no block {{#${name}}}; write {{#if …}}, {{#unless …}}, {{#each …}} or {{#with …}}`;
    throw templateError('TEMPLATE_HELPER_UNKNOWN', at, reason, { helper: name });
  }
  if (block.params.length !== 1 || pairsOf(block).length > 0) {
    throw templateError('TEMPLATE_HELPER_FAILED', at, `{{#${name}}} takes exactly one value`, { helper: name });
  }
  const most = BLOCKS[name] ?? 0;
  const names = block.program?.blockParams ?? block.inverse?.blockParams ?? [];
  if (names.length > most || !names.every((given) => /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(given))) {
    const reason = `{{#${name}}} names at most ${most} values with as |…|, each with a plain name`;
    throw templateError('TEMPLATE_UNSUPPORTED', at, reason);
  }
  for (const param of paramsOf(block)) checkExpression(param, check);
  if (block.program !== undefined) checkProgram(block.program, check);
  if (block.inverse !== undefined) checkProgram(block.inverse, check);
}

function checkExpression(node: Expression, check: Check): void {
  const at = count(node, check);
  if (node.type === 'SubExpression') checkCall(node, at, check);
  else if (node.type === 'UndefinedLiteral')
    throw templateError('TEMPLATE_UNSUPPORTED', at, 'write null, not undefined');
  else if (node.type === 'PathExpression' && node.data && !DATA_NAMES.includes(node.parts[0] ?? '')) {
    const known = DATA_NAMES.map((name) => `@${name}`).join(', ');
    throw templateError('TEMPLATE_UNSUPPORTED', at, `there is no ${node.original}; known: ${known}`);
  }
}

function checkCall(call: Mustache | SubExpression, at: SourcePosition, check: Check): void {
  const name = writtenAs(call.path as Expression);
  const helper = HELPERS.get(name);
  if (helper === undefined) throw unknownHelper(name, at);
  const given = call.params.length;
  const { least, most } = helper.takes;
  if (given < least || given > most) {
    const expected = least === most ? `${least}` : most === Infinity ? `at least ${least}` : `${least} to ${most}`;
    const reason = `${name} takes ${expected} arguments, not ${given}`;
    throw templateError('TEMPLATE_HELPER_FAILED', at, reason, { helper: name });
  }
  if (pairsOf(call).length > 0 && name !== 'object') {
    throw templateError('TEMPLATE_HELPER_FAILED', at, `${name} takes no key=value arguments`, { helper: name });
  }
  for (const param of paramsOf(call)) checkExpression(param, check);
  for (const { value } of pairsOf(call)) checkExpression(value, check);
}

function unknownHelper(name: string, at: SourcePosition): Error {
  const meant = nearest(name, HELPERS.keys());
  const known = meant === undefined ? `known: ${[...HELPERS.keys()].join(', ')}` : `did you mean ${meant}?`;
  return templateError('TEMPLATE_HELPER_UNKNOWN', at, `there is no helper ${JSON.stringify(name)}; ${known}`, {
    helper: name,
    ...(meant === undefined ? {} : { meant }),
  });
}

/** The position of a node, once it is counted. */
function count(node: hbs.AST.Node, check: Check): SourcePosition {
  const at = { file: check.file, ...node.loc.start };
  if (++check.nodes > MAX_NODES) {
    const reason = `a template has at most ${MAX_NODES} texts, tags and arguments; move data into data/*.json`;
    throw templateError('TEMPLATE_UNSUPPORTED', at, reason, { limit: MAX_NODES });
  }
  return at;
}
