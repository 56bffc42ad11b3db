// One column of the rows that came in: its type, declared or inferred, and its cells in that type.

import { Decimal } from 'glovebox';
import { type Cell, isNumber } from './cell.ts';
import { findDay, isDay } from './dates.ts';
import { Refusal } from './refusal.ts';
import type { ColumnType } from './types.ts';

/** All values of one name. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly cells: readonly Cell[];
}

const DECIMAL = /^[-+]?\d{1,30}(?:\.\d{1,30})?$/;

/** Cells of a declared type. @throws Refusal for the first cell that has another */
export function declareColumn(name: string, type: ColumnType, cells: readonly Cell[]): Column {
  return {
    name,
    type,
    cells: cells.map((cell, row) => {
      if (cell === null || (cell === '' && type !== 'text')) return null;
      const converted = convert(type, cell);
      if (converted !== undefined) return converted;
      throw new Refusal(`row ${row + 1}, column "${name}": ${JSON.stringify(cell)} is no ${type}`);
    }),
  };
}

/**
 * Cells of the type they all have: numbers and booleans as JSON has them, dates where every text is a day. Everything else,
 * and any mixture, is text; numbers in texts stay texts, since 007 is no 7.
 */
export function inferColumn(name: string, cells: readonly Cell[]): Column {
  const filled = cells.filter((cell) => cell !== null);
  if (filled.length === 0) return { name, type: 'text', cells };
  if (filled.every(isNumber)) return { name, type: 'number', cells };
  if (filled.every((cell) => typeof cell === 'boolean')) return { name, type: 'boolean', cells };
  if (filled.every((cell) => typeof cell === 'string' && isDay(cell))) return { name, type: 'date', cells };
  return { name, type: 'text', cells: cells.map((cell) => (cell === null ? null : String(cell))) };
}

/** Undefined when the cell cannot be read in that type. */
function convert(type: ColumnType, cell: Exclude<Cell, null>): Cell | undefined {
  switch (type) {
    case 'text':
      return String(cell);
    case 'number':
      return isNumber(cell) ? cell : parseNumber(cell);
    case 'boolean':
      return parseBoolean(cell);
    case 'date':
      return typeof cell === 'string' ? findDay(cell) : undefined;
  }
}

function parseBoolean(cell: Exclude<Cell, null>): boolean | undefined {
  if (typeof cell === 'boolean') return cell;
  if (cell === 'true') return true;
  return cell === 'false' ? false : undefined;
}

/** Decimal texts are exact; those a JSON number can hold become one, which is faster to work with. */
function parseNumber(cell: string | boolean): Cell | undefined {
  if (typeof cell === 'boolean' || !DECIMAL.test(cell)) return undefined;
  const digits = cell.replace(/[-+.]/g, '').replace(/^0+/, '').length;
  return digits <= 15 ? Number(cell) : new Decimal(cell.replace('+', ''));
}
