// A column whose values become columns.

import type { Aggregator } from './aggregate.ts';
import { type Cell, compareCells, identify } from './cell.ts';
import { type Bucket, createKey, groupRows } from './groups.ts';
import { Refusal } from './refusal.ts';
import type { ResultColumn } from './result-column.ts';
import type { Table } from './table.ts';
import type { Spec } from './types.ts';

/** Columns a pivot may make; more are no table anybody reads. */
const MAX_COLUMNS = 60;

/**
 * One column for each value and aggregate, values in ascending order unless they are listed.
 *
 * @throws Refusal when there are too many
 */
export function pivotColumns(
  pivot: NonNullable<Spec['pivot']>,
  aggregators: readonly Aggregator[],
  table: Table,
  rows: readonly number[],
): readonly ResultColumn[] {
  const { by, column, values } = pivot;
  const key = createKey(by === undefined ? column : { column, by }, table);
  const found = groupRows(rows, [key]).map(({ keys: [cell = null] }) => cell);
  const wanted: readonly Cell[] = values ?? found.toSorted(compareCells);
  if (wanted.length * aggregators.length > MAX_COLUMNS) {
    throw new Refusal(
      `a pivot over "${column}" makes ${wanted.length * aggregators.length} columns, over the ${MAX_COLUMNS} there may be; list its values, or group by it`,
    );
  }
  const partition = createPartition((bucket) => groupRows(bucket.rows, [key]));
  return wanted.flatMap((cell) =>
    aggregators.map(({ name, of, op, source, type }) => ({
      name: aggregators.length === 1 ? labelOf(cell) : `${labelOf(cell)} ${name}`,
      type,
      source,
      aggregate: name,
      adds: op === 'sum' || op === 'count',
      isCount: op === 'count' || op === 'countDistinct',
      of: (bucket) => of(partition(bucket).get(identify(cell)) ?? []),
    })),
  );
}

/** The rows of a bucket by the identity of their pivot value, worked out once for all columns. */
function createPartition(
  split: (bucket: Bucket) => readonly Bucket[],
): (bucket: Bucket) => Map<string, readonly number[]> {
  const known = new WeakMap<Bucket, Map<string, readonly number[]>>();
  return (bucket) => {
    const found =
      known.get(bucket) ?? new Map(split(bucket).map(({ keys: [cell = null], rows }) => [identify(cell), rows]));
    known.set(bucket, found);
    return found;
  };
}

function labelOf(cell: Cell): string {
  return cell === null || cell === '' ? '(empty)' : String(cell);
}
