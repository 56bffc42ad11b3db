// A column of the result.

import type { Cell } from './cell.ts';
import type { Bucket } from './groups.ts';
import type { ColumnType } from './types.ts';

/** Cells of one row of the result so far, by column name. */
export type ResultRow = ReadonlyMap<string, Cell>;

export interface ResultColumn {
  readonly name: string;
  /** Undefined for derived columns: their cells tell. */
  readonly type: ColumnType | undefined;
  /** The column of the input whose title and format fit. */
  readonly source: string | undefined;
  /** The aggregate it shows, for all of a pivot's columns the same; undefined where it shows none. */
  readonly aggregate: string | undefined;
  /** Whether the total is what its rows add up to. */
  readonly adds: boolean;
  /** Whether it counts rows or values, and so has no unit. */
  readonly isCount: boolean;
  /** @param row the columns before this one */
  of(bucket: Bucket, row: ResultRow): Cell;
}
