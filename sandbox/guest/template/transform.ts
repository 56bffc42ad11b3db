// A checked syntax tree → another one for Handlebars to compile, in which everything that happens is a call of ours.
//
// Handlebars keeps what it is good at: programs, depths, block parameters, frames of @data. Text, slots, paths and helper
// calls become `%do` with the number of a site, which says what to do there; no text of the template reaches the code that
// Handlebars generates but its strings and names of block parameters.

import type { SourcePosition } from '../../manifest.ts';
import type { TemplateFile } from './failure.ts';
import {
  isCall,
  pairsOf,
  paramsOf,
  statementsOf,
  writtenAs,
  type Block,
  type Content,
  type Expression,
  type Mustache,
  type Path,
  type Program,
  type SubExpression,
} from './handlebars.ts';
import type { KeySlots } from './slots.ts';

/** What happens at one place of a template. */
export type Site = SourcePosition & SiteAction;

type SiteAction =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'slot'; readonly written: string; readonly isKey: boolean }
  | { readonly kind: 'path'; readonly parts: readonly string[]; readonly fromScope: boolean }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly written: readonly string[];
      readonly keys: readonly string[];
    };

/** A block of a template. */
export interface BlockSite extends SourcePosition {
  /** Its value, as its author wrote it. */
  readonly written: string;
}

/** A template ready to compile. */
export interface Plan {
  readonly program: Program;
  /** By the number that the calls in `program` carry. */
  readonly sites: readonly Site[];
  /** By the number that the blocks in `program` carry. */
  readonly blocks: readonly BlockSite[];
}

/** The internal helper for everything but blocks. No author can write its name or the blocks': check.ts lists what is known. */
export const DO = '%do';

/** The internal helper of a block. */
export function blockHelper(name: string): string {
  return `%${name}`;
}

/** Turns a checked template into a plan. */
export function planTemplate(file: TemplateFile, program: Program, keys: KeySlots): Plan {
  const planning: Planning = { file, keys, sites: [], blocks: [] };
  return { program: planProgram(program, [], planning), sites: planning.sites, blocks: planning.blocks };
}

interface Planning {
  readonly file: TemplateFile;
  readonly keys: KeySlots;
  readonly sites: Site[];
  readonly blocks: BlockSite[];
}

/** `names`: the block parameters in scope. */
function planProgram(program: Program, names: readonly string[], planning: Planning): Program {
  const body: hbs.AST.Statement[] = [];
  for (const statement of statementsOf(program)) {
    if (statement.type === 'ContentStatement') body.push(planText(statement, planning));
    else if (statement.type === 'MustacheStatement') body.push(planSlot(statement, names, planning));
    else if (statement.type === 'BlockStatement') body.push(planBlock(statement, names, planning));
  }
  return { ...program, body };
}

function planText(content: Content, planning: Planning): Mustache {
  return mustache(DO, [site(content, { kind: 'text', text: content.value }, planning)], content);
}

function planSlot(slot: Mustache, names: readonly string[], planning: Planning): Mustache {
  const value = isCall(slot) ? asSubExpression(slot) : (slot.path as Expression);
  const action: SiteAction = { kind: 'slot', written: writtenAs(value), isKey: planning.keys.has(slot) };
  return mustache(DO, [site(slot, action, planning), planValue(value, names, planning)], slot);
}

function planBlock(block: Block, names: readonly string[], planning: Planning): Block {
  const number = planning.blocks.length;
  const written = paramsOf(block).map(writtenAs).join(' ');
  planning.blocks.push({ file: planning.file, ...block.loc.start, written });
  const params = [numberLiteral(number, block), ...paramsOf(block).map((value) => planValue(value, names, planning))];
  const { program, inverse, ...rest } = block;
  const inner = [...names, ...(program?.blockParams ?? [])];
  return {
    ...rest,
    path: simplePath(blockHelper(block.path.original), block.loc),
    params,
    ...(program === undefined ? {} : { program: planProgram(program, inner, planning) }),
    ...(inverse === undefined ? {} : { inverse: planProgram(inverse, names, planning) }),
  };
}

function planValue(node: Expression, names: readonly string[], planning: Planning): Expression {
  if (node.type === 'PathExpression') return planPath(node, names, planning);
  if (node.type === 'SubExpression') return planCall(node, names, planning);
  return node;
}

/** Handlebars finds where a path starts; its parts are looked up by us, among own properties only. */
function planPath(path: Path, names: readonly string[], planning: Planning): SubExpression {
  const [first = '', ...rest] = path.parts;
  const isParam =
    !path.data && path.depth === 0 && !/^(?:\.|this(?:$|[./]))/.test(path.original) && names.includes(first);
  const starts = path.data || isParam;
  const start: Path = { ...path, parts: starts ? [first] : [], original: starts ? first : '.' };
  const action: SiteAction = { kind: 'path', parts: starts ? rest : path.parts, fromScope: !starts };
  return subExpression(DO, [site(path, action, planning), start], path);
}

/** `key=value` arguments follow the positional ones: their keys stay out of the generated code. */
function planCall(call: SubExpression, names: readonly string[], planning: Planning): SubExpression {
  const pairs = pairsOf(call);
  const values = [...paramsOf(call), ...pairs.map(({ value }) => value)];
  const action: SiteAction = {
    kind: 'call',
    name: call.path.original,
    written: values.map(writtenAs),
    keys: pairs.map(({ key }) => key),
  };
  const params = values.map((value) => planValue(value, names, planning));
  return subExpression(DO, [site(call, action, planning), ...params], call);
}

/** Adds a site; its number as an argument. */
function site(node: hbs.AST.Node, action: SiteAction, { file, sites }: Planning): hbs.AST.NumberLiteral {
  const { line, column } = node.loc.start;
  const number = sites.push({ file, line, column, ...action }) - 1;
  return numberLiteral(number, node);
}

function numberLiteral(value: number, { loc }: hbs.AST.Node): hbs.AST.NumberLiteral {
  return { type: 'NumberLiteral', value, original: value, loc };
}

function asSubExpression(slot: Mustache): SubExpression {
  return { type: 'SubExpression', path: slot.path as Path, params: slot.params, hash: slot.hash, loc: slot.loc };
}

function subExpression(helper: string, params: Expression[], { loc }: hbs.AST.Node): SubExpression {
  const hash: hbs.AST.Hash = { type: 'Hash', pairs: [], loc };
  return { type: 'SubExpression', path: simplePath(helper, loc), params, hash, loc };
}

function mustache(helper: string, params: Expression[], { loc }: hbs.AST.Node): Mustache {
  const hash: hbs.AST.Hash = { type: 'Hash', pairs: [], loc };
  const strip = { open: false, close: false };
  return { type: 'MustacheStatement', path: simplePath(helper, loc), params, hash, escaped: false, strip, loc };
}

function simplePath(name: string, loc: hbs.AST.SourceLocation): Path {
  return { type: 'PathExpression', data: false, depth: 0, parts: [name], original: name, loc };
}
