// Aggregates: one value made of many cells. Empty cells do not count, as in SQL.

import { Decimal } from 'glovebox';
import { type Cell, compareCells, identify, isNumber, type NumberCell } from './cell.ts';
import type { Column } from './column.ts';
import { divide } from './divide.ts';
import { Refusal } from './refusal.ts';
import type { Table } from './table.ts';
import type { Aggregate, AggregateName, ColumnType } from './types.ts';

/** An aggregate bound to its column. */
export interface Aggregator {
  readonly name: string;
  readonly type: ColumnType;
  readonly source: string | undefined;
  readonly op: AggregateName;
  /** The value over some rows, by their index. */
  of(rows: readonly number[]): Cell;
}

const NUMBERS_ONLY: readonly AggregateName[] = ['sum', 'avg', 'median', 'percentile'];

/** @throws Refusal when the column is missing or has the wrong type */
export function createAggregator(aggregate: Aggregate, table: Table): Aggregator {
  const { op, column: source, percentile } = aggregate;
  if (source === undefined) {
    if (op !== 'count') throw new Refusal(`aggregate "${op}" needs a column`);
    return { name: aggregate.as ?? 'count', type: 'number', source, op, of: (rows) => rows.length };
  }
  if ((op === 'percentile') !== (percentile !== undefined)) {
    throw new Refusal(
      `aggregate "${op}" of "${source}": a percentile such as 0.9 goes with "percentile", and only there`,
    );
  }
  const column = table.get(source);
  if (NUMBERS_ONLY.includes(op) && column.type !== 'number' && column.cells.some((cell) => cell !== null)) {
    throw new Refusal(`"${op}" needs numbers, and column "${source}" is ${column.type}; declare it as number`);
  }
  return {
    name: aggregate.as ?? `${op}_${source}`,
    type: op === 'min' || op === 'max' ? column.type : 'number',
    source,
    op,
    of: (rows) => combine(op, cellsOf(column, rows), percentile ?? 0.5),
  };
}

/** The exact sum; empty for no numbers at all. */
export function sumOf(cells: readonly Cell[]): Cell {
  const numbers = cells.filter(isNumber);
  return numbers.length === 0 ? null : add(numbers);
}

function cellsOf({ cells }: Column, rows: readonly number[]): readonly Exclude<Cell, null>[] {
  return rows.map((row) => cells[row] ?? null).filter((cell) => cell !== null);
}

function combine(op: AggregateName, cells: readonly Exclude<Cell, null>[], share: number): Cell {
  switch (op) {
    case 'count':
      return cells.length;
    case 'countDistinct':
      return new Set(cells.map(identify)).size;
    case 'sum':
      return sumOf(cells);
    case 'avg': {
      const sum = sumOf(cells);
      return sum instanceof Decimal ? divide(sum, new Decimal(cells.length)) : null;
    }
    case 'min':
      return cells.reduce<Cell>(
        (least, cell) => (least === null || compareCells(cell, least) < 0 ? cell : least),
        null,
      );
    case 'max':
      return cells.reduce<Cell>((most, cell) => (most === null || compareCells(cell, most) > 0 ? cell : most), null);
    case 'median':
    case 'percentile':
      return percentileOf(cells.filter(isNumber), share);
  }
}

function add(numbers: readonly NumberCell[]): Decimal {
  return numbers.reduce<Decimal>((total, each) => total.plus(each), new Decimal(0));
}

/** Linear between the two closest ranks, as PERCENTILE.INC of spreadsheets: rank = share × (n − 1), from 0. */
function percentileOf(numbers: readonly NumberCell[], share: number): Cell {
  const sorted = numbers.toSorted(compareCells);
  const rank = new Decimal(share).times(Math.max(sorted.length - 1, 0));
  const below = Math.floor(Number(rank));
  const low = sorted[below];
  if (low === undefined) return null;
  const high = new Decimal(sorted[below + 1] ?? low);
  return high.minus(low).times(rank.minus(below)).plus(low);
}
