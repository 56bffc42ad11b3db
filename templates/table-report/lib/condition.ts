// Conditions: whether a row counts.

import { type Cell, compareCells, identify } from './cell.ts';
import { Refusal } from './refusal.ts';
import type { Comparison, Condition, Scalar } from './types.ts';

/** The cell of a column in the row at hand. @throws Refusal when there is no such column */
export type Lookup = (column: string) => Cell;

/**
 * Whether a condition holds. An empty cell passes only `empty`, `ne`, `notIn` and their like: nothing is less or greater than
 * what is not there.
 *
 * @throws Refusal when the value does not fit the comparison
 */
export function isTrue(condition: Condition, lookup: Lookup): boolean {
  if ('all' in condition) return condition.all.every((part) => isTrue(part, lookup));
  if ('any' in condition) return condition.any.some((part) => isTrue(part, lookup));
  if ('not' in condition) return !isTrue(condition.not, lookup);
  const { column, is, value } = condition;
  return compare(lookup(column), is, value, column);
}

function compare(cell: Cell, is: Comparison, value: Scalar | readonly Scalar[] | undefined, column: string): boolean {
  switch (is) {
    case 'empty':
      return cell === null || cell === '';
    case 'notEmpty':
      return cell !== null && cell !== '';
    case 'in':
    case 'notIn':
      return listOf(value, is, column).some((each) => identify(each) === identify(cell)) === (is === 'in');
    case 'between': {
      const [low = null, high = null] = listOf(value, is, column);
      return hasOrder(cell, low, column) && compareCells(cell, low) >= 0 && compareCells(cell, high) <= 0;
    }
    case 'eq':
    case 'ne':
      return (identify(cell) === identify(single(value, is, column))) === (is === 'eq');
    case 'contains':
      return textOf(cell).includes(textOf(single(value, is, column)));
    case 'startsWith':
      return textOf(cell).startsWith(textOf(single(value, is, column)));
    case 'endsWith':
      return textOf(cell).endsWith(textOf(single(value, is, column)));
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge': {
      const bound = single(value, is, column);
      return hasOrder(cell, bound, column) && isInOrder(is, compareCells(cell, bound));
    }
  }
}

function isInOrder(is: 'lt' | 'le' | 'gt' | 'ge', order: number): boolean {
  if (is === 'lt') return order < 0;
  if (is === 'le') return order <= 0;
  return is === 'gt' ? order > 0 : order >= 0;
}

/** Whether the two can be compared at all: an empty cell cannot. @throws Refusal when their types differ */
function hasOrder(cell: Cell, bound: Scalar, column: string): boolean {
  if (cell === null) return false;
  const [left, right] = [typeof cell, typeof bound].map((type) => (type === 'object' ? 'number' : type));
  if (left === right && bound !== null) return true;
  throw new Refusal(
    `column "${column}" holds ${JSON.stringify(cell)}, which cannot be compared with ${JSON.stringify(bound)}; declare its type, or give a value of the same one`,
  );
}

function single(value: Scalar | readonly Scalar[] | undefined, is: Comparison, column: string): Scalar {
  if (value !== undefined && (value === null || typeof value !== 'object')) return value;
  throw new Refusal(`the condition on "${column}" needs one value for "${is}"`);
}

function listOf(value: Scalar | readonly Scalar[] | undefined, is: Comparison, column: string): readonly Scalar[] {
  const list = Array.isArray(value) ? (value as readonly Scalar[]) : undefined;
  if (list !== undefined && (is !== 'between' || list.length === 2)) return list;
  throw new Refusal(`the condition on "${column}" needs a list of ${is === 'between' ? 'two ' : ''}values for "${is}"`);
}

function textOf(cell: Cell): string {
  return cell === null ? '' : String(cell);
}
