// What one source file asks of the rest: its imports of every form, the ambient authority it touches, the shape of its
// exports. A real parser does the reading, so that no comment, string or type-only form is mistaken.

import { parseSync, Visitor, type Expression, type Node } from 'oxc-parser';

/** One reference to another module, in whatever form. */
export interface ModuleImport {
  /** Absent when it is computed at run time. */
  readonly specifier?: string;
  readonly form: 'import' | 'import type' | 'export from' | 'import()' | 'import() type' | 'import =' | 'require';
  readonly line: number;
}

/** One use of authority that needs no import. */
export interface AmbientUse {
  readonly name: string;
  readonly line: number;
}

/** What a face must not have, or what any file must not. */
export interface ExportFault {
  readonly fault: 'export *' | 'export default' | 'own statement';
  readonly line: number;
}

/** One parsed file. */
export interface ParsedModule {
  readonly imports: readonly ModuleImport[];
  readonly ambient: readonly AmbientUse[];
  readonly exportFaults: readonly ExportFault[];
}

/**
 * Parses one file of TypeScript or JavaScript.
 *
 * @throws SyntaxError when it does not parse
 */
export function parseModule(file: string, source: string): ParsedModule {
  const { program, errors } = parseSync(file, source, { lang: file.endsWith('.ts') ? 'ts' : 'js' });
  if (errors[0] !== undefined) throw new SyntaxError(`${file} does not parse: ${errors[0].message}`);

  const lineOf = lineFinder(source);
  const imports: ModuleImport[] = [];
  const ambient: AmbientUse[] = [];
  const exportFaults: ExportFault[] = [];
  const add = (form: ModuleImport['form'], node: Node, from: Node | null): void => {
    const specifier = literalText(from);
    imports.push({ form, line: lineOf(node.start), ...(specifier === undefined ? {} : { specifier }) });
  };
  const use = (name: string, node: Node): void => {
    ambient.push({ name, line: lineOf(node.start) });
  };

  new Visitor({
    ImportDeclaration: (node) => add(node.importKind === 'type' ? 'import type' : 'import', node, node.source),
    ExportAllDeclaration: (node) => add('export from', node, node.source),
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) add('export from', node, node.source);
    },
    ImportExpression: (node) => add('import()', node, node.source),
    TSImportType: (node) => add('import() type', node, node.source),
    TSImportEqualsDeclaration: (node) => {
      if (node.moduleReference.type === 'TSExternalModuleReference') {
        add('import =', node, node.moduleReference.expression);
      }
    },
    CallExpression: (node) => {
      if (isName(node.callee, 'require')) add('require', node, node.arguments[0] ?? null);
      if (isName(node.callee, 'fetch')) use('fetch', node);
    },
    NewExpression: (node) => {
      if (isName(node.callee, 'Date') && node.arguments.length === 0) use('new Date()', node);
    },
    MemberExpression: (node) => {
      if (node.object.type !== 'Identifier' || !AMBIENT_OBJECTS.has(node.object.name)) return;
      const property = node.computed ? literalText(node.property) : (node.property as { readonly name?: string }).name;
      use(`${node.object.name}.${property ?? '[…]'}`, node);
    },
    Program: (node) => {
      for (const statement of node.body) {
        const fault = exportFault(statement);
        if (fault !== undefined) exportFaults.push({ fault, line: lineOf(statement.start) });
      }
    },
  }).visit(program);
  return { imports, ambient, exportFaults };
}

const AMBIENT_OBJECTS: ReadonlySet<string> = new Set(['process', 'Date', 'performance']);

function exportFault(statement: Node): ExportFault['fault'] | undefined {
  if (statement.type === 'ExportAllDeclaration') return 'export *';
  if (statement.type === 'ExportDefaultDeclaration') return 'export default';
  if (statement.type === 'ExportNamedDeclaration' && statement.source !== null) {
    const isDefault = statement.specifiers.some(({ exported }) => 'name' in exported && exported.name === 'default');
    return isDefault ? 'export default' : undefined;
  }
  return 'own statement';
}

function isName(node: Expression | Node, name: string): boolean {
  return node.type === 'Identifier' && node.name === name;
}

/** The text of a string literal, or of a template without slots. */
function literalText(node: Node | null): string | undefined {
  if (node === null) return undefined;
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type === 'TemplateLiteral') return node.expressions.length === 0 ? node.quasis[0]?.value.raw : undefined;
  return undefined;
}

function lineFinder(source: string): (offset: number) => number {
  const starts = [0];
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    const next = starts.findIndex((start) => start > offset);
    return next === -1 ? starts.length : next;
  };
}
