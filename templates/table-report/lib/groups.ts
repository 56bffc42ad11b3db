// Rows that belong together.

import { type Cell, identify } from './cell.ts';
import type { Column } from './column.ts';
import { partOf } from './dates.ts';
import { Refusal } from './refusal.ts';
import type { Table } from './table.ts';
import type { ColumnType, DatePart, GroupKey } from './types.ts';

/** Rows that make one row of the result. */
export interface Bucket {
  /** What they have in common; empty in a listing. */
  readonly keys: readonly Cell[];
  /** Their indexes. */
  readonly rows: readonly number[];
  /** What a row that sums others up is called. */
  readonly label?: string;
}

/** What rows are put together by, ready to be asked for each row. */
export interface Key {
  readonly name: string;
  readonly type: ColumnType;
  readonly source: string;
  of(row: number): Cell;
}

/** @throws Refusal when the column is missing, or a part of a date is asked of something else */
export function createKey(key: GroupKey, table: Table): Key {
  const { column: source, by, as } = typeof key === 'string' ? { column: key, by: undefined, as: undefined } : key;
  const column = table.get(source);
  if (by === undefined) {
    return { name: as ?? source, type: column.type, source, of: (row) => column.cells[row] ?? null };
  }
  checkDates(column, by);
  return { name: as ?? by, type: 'text', source, of: (row) => partOfCell(column.cells[row] ?? null, by) };
}

/** Buckets in the order in which their first rows come; without keys all rows are one, even when there are none. */
export function groupRows(rows: readonly number[], keys: readonly Key[]): readonly Bucket[] {
  if (keys.length === 0) return [{ keys: [], rows }];
  const buckets = new Map<string, { readonly keys: readonly Cell[]; readonly rows: number[] }>();
  for (const row of rows) {
    const cells = keys.map((key) => key.of(row));
    const id = JSON.stringify(cells.map(identify));
    const bucket = buckets.get(id);
    if (bucket === undefined) buckets.set(id, { keys: cells, rows: [row] });
    else bucket.rows.push(row);
  }
  return [...buckets.values()];
}

/** All rows of some buckets, under a label. */
export function mergeBuckets(buckets: readonly Bucket[], label: string): Bucket {
  return { keys: [], rows: buckets.flatMap(({ rows }) => rows), label };
}

function checkDates({ name, type, cells }: Column, by: DatePart): void {
  if (type === 'date' || cells.every((cell) => cell === null)) return;
  throw new Refusal(
    `"by": "${by}" needs dates such as 2026-01-31, and column "${name}" is ${type}; declare it as date`,
  );
}

function partOfCell(cell: Cell, by: DatePart): Cell {
  return typeof cell === 'string' ? partOf(cell, by) : null;
}
