// The rows that came in, as columns that are read when they are asked for: a report rarely uses all of them.

import type { Cell } from './cell.ts';
import { type Column, declareColumn, inferColumn } from './column.ts';
import { checkDepth, evaluate } from './evaluate.ts';
import { Refusal } from './refusal.ts';
import type { ColumnDeclaration, Expression, InputRow } from './types.ts';

/** Columns of equal length. */
export interface Table {
  readonly rowCount: number;
  /** In the order in which they appear: declared ones first, then as rows bring them, computed ones last. */
  readonly names: readonly string[];
  /** @throws Refusal when there is none of that name, or a cell has not the declared type */
  get(name: string): Column;
}

/** Columns named in an error message; a model that mistyped one needs no more. */
const LISTED = 20;

/**
 * Without any rows, columns of every name exist and are empty.
 *
 * @throws Refusal when a computed column takes a name that is taken, or an expression does not fit its columns
 */
export function createTable(
  rows: readonly InputRow[],
  declared: readonly ColumnDeclaration[],
  computed: readonly { readonly name: string; readonly expression: Expression }[],
): Table {
  const twice = declared.find(({ name }, index) => declared.findIndex((each) => each.name === name) < index);
  if (twice !== undefined) throw new Refusal(`column "${twice.name}" is declared twice`);
  const types = new Map(declared.map(({ name, type }) => [name, type]));
  const names = new Set(types.keys());
  for (const row of rows) for (const name of Object.keys(row)) names.add(name);
  const columns = new Map<string, Column>();

  function get(name: string): Column {
    const known = columns.get(name);
    if (known !== undefined) return known;
    if (!names.has(name) && rows.length > 0) {
      throw new Refusal(`there is no column "${name}"; there are ${list([...names])}`);
    }
    const cells = rows.map((row): Cell => (Object.hasOwn(row, name) ? (row[name] ?? null) : null));
    const type = types.get(name);
    const column = type === undefined ? inferColumn(name, cells) : declareColumn(name, type, cells);
    columns.set(name, column);
    return column;
  }

  for (const { name, expression } of computed) {
    if (names.has(name))
      throw new Refusal(`computed column "${name}" would hide the column of that name; call it otherwise`);
    checkDepth(expression);
    const cells = rows.map((_, row) => evaluate(expression, (column) => get(column).cells[row] ?? null));
    columns.set(name, inferColumn(name, cells));
    names.add(name);
  }
  return { rowCount: rows.length, names: [...names], get };
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, LISTED).map((name) => JSON.stringify(name));
  if (shown.length === 0) return 'none';
  return `${shown.join(', ')}${names.length > LISTED ? `, and ${names.length - LISTED} more` : ''}`;
}
