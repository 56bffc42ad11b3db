// One value of a table, and what order values have.

import { Decimal } from 'glovebox';
import type { Scalar } from './types.ts';

/** A number as it was given, or one that was worked out exactly. */
export type NumberCell = number | Decimal;

/** A value; null is an empty cell. Dates are texts such as 2026-01-31, whose order is that of time. */
export type Cell = string | boolean | NumberCell | null;

export function isNumber(cell: Cell): cell is NumberCell {
  return typeof cell === 'number' || cell instanceof Decimal;
}

/** Empty cells last, then booleans, numbers and texts; texts by their code units, in every locale the same. */
export function compareCells(a: Cell, b: Cell): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const order = rank(a) - rank(b);
  if (order !== 0) return order;
  if (isNumber(a) && isNumber(b)) return new Decimal(a).cmp(b);
  if (a === b || a === null || b === null) return 0;
  return a < b ? -1 : 1;
}

/** Ascending or descending; empty cells are last either way. */
export function compareInOrder(a: Cell, b: Cell, order: 'asc' | 'desc'): number {
  if (a === null || b === null || order === 'asc') return compareCells(a, b);
  return compareCells(b, a);
}

/** A text that equal cells share and others do not: 1 and 1.0 are one, 1 and "1" are two. */
export function identify(cell: Cell): string {
  if (typeof cell === 'string') return `"${cell}`;
  return cell === null ? '' : String(cell);
}

/** A cell as JSON has it: numbers to 15 significant digits, which is what JSON readers keep. */
export function toScalar(cell: Cell): Scalar {
  return cell instanceof Decimal ? Number(cell.toString()) : cell;
}

function rank(cell: Cell): number {
  if (cell === null) return 3;
  if (typeof cell === 'string') return 2;
  return typeof cell === 'boolean' ? 0 : 1;
}
