// The one place that names Handlebars: the build its authors publish for browsers, which is one file with the compiler
// and without `fs` and `require.extensions`; and the shapes of its syntax tree.

// @ts-expect-error the package types its main entry only
import engine from 'handlebars/dist/handlebars.js';
import type Handlebars from 'handlebars';

/** Handlebars, as its authors build it for browsers. */
export const handlebars = engine as typeof Handlebars & { readonly Parser: { readonly lexer: Lexer } };

/** Where the parser stands; after a parse error, what it could not read. */
interface Lexer {
  readonly yylloc?: { readonly first_line: number; readonly first_column: number };
}

export type Program = hbs.AST.Program;
export type Content = hbs.AST.ContentStatement & { original: string };
export type Mustache = hbs.AST.MustacheStatement;
export type Block = Omit<hbs.AST.BlockStatement, 'program' | 'inverse'> & { program?: Program; inverse?: Program };
export type Path = hbs.AST.PathExpression;
export type SubExpression = hbs.AST.SubExpression;

/** What a program's body holds. */
export type Statement =
  | Content
  | Mustache
  | Block
  | hbs.AST.CommentStatement
  | hbs.AST.PartialStatement
  | (hbs.AST.Node & { type: 'PartialBlockStatement' | 'Decorator' | 'DecoratorBlock' });

/** What stands for a value. */
export type Expression =
  | Path
  | SubExpression
  | hbs.AST.StringLiteral
  | hbs.AST.NumberLiteral
  | hbs.AST.BooleanLiteral
  | hbs.AST.NullLiteral
  | hbs.AST.UndefinedLiteral;

/** A program's statements, as the union they are. */
export function statementsOf(program: Program): Statement[] {
  return program.body as Statement[];
}

/** The positional arguments of a call or block. */
export function paramsOf(node: Mustache | Block | SubExpression): Expression[] {
  return node.params as Expression[];
}

/** The `key=value` arguments of a call or block. */
export function pairsOf(node: Mustache | Block | SubExpression): { key: string; value: Expression }[] {
  return ((node.hash as hbs.AST.Hash | undefined)?.pairs ?? []) as { key: string; value: Expression }[];
}

/** Whether a mustache calls a helper: `{{name}}` alone is always a value, whatever helpers there are. */
export function isCall(node: Mustache): boolean {
  return node.params.length > 0 || pairsOf(node).length > 0;
}

/** An expression as its author wrote it, near enough to be found. */
export function writtenAs(node: Expression): string {
  switch (node.type) {
    case 'PathExpression':
      return node.original;
    case 'SubExpression':
      return `(${[node.path.original, ...paramsOf(node).map(writtenAs)].join(' ')})`;
    case 'StringLiteral':
      return JSON.stringify(node.value);
    case 'NumberLiteral':
    case 'BooleanLiteral':
      return String(node.value);
    case 'NullLiteral':
      return 'null';
    case 'UndefinedLiteral':
      return 'undefined';
  }
}
