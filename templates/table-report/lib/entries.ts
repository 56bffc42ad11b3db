// The rows of the result before they are cut and written: put together, kept, sorted.

import { type Cell, compareInOrder } from './cell.ts';
import { isTrue } from './condition.ts';
import { checkDepth } from './evaluate.ts';
import { type Bucket, mergeBuckets } from './groups.ts';
import { lookUp } from './layout.ts';
import { Refusal } from './refusal.ts';
import type { ResultColumn, ResultRow } from './result-column.ts';
import type { Spec } from './types.ts';

/** A row of the result and the rows it was made of. */
export interface Entry {
  readonly bucket: Bucket;
  readonly row: ResultRow;
}

/** A row for each bucket that passes `having`, in order. @throws Refusal when a column to judge or sort by does not exist */
export function findEntries(
  spec: Spec,
  columns: readonly ResultColumn[],
  buckets: readonly Bucket[],
): readonly Entry[] {
  const entries = buckets.map((bucket) => fillRow(columns, bucket));
  return sortEntries(spec, keepEntries(spec, entries), columns);
}

/** One row made of all rows behind some entries; undefined without any. */
export function sumUp(entries: readonly Entry[], label: string, columns: readonly ResultColumn[]): Entry | undefined {
  if (entries.length === 0) return undefined;
  const buckets = entries.map(({ bucket }) => bucket);
  return fillRow(columns, mergeBuckets(buckets, label));
}

function fillRow(columns: readonly ResultColumn[], bucket: Bucket): Entry {
  const row = new Map<string, Cell>();
  for (const column of columns) row.set(column.name, column.of(bucket, row));
  return { bucket, row };
}

function keepEntries({ having }: Spec, entries: readonly Entry[]): readonly Entry[] {
  if (having === undefined) return entries;
  checkDepth(having);
  return entries.filter(({ row }) => isTrue(having, (column) => lookUp(row, column)));
}

/** By `sort`; without it groups by their keys, and listed rows as they came. */
function sortEntries(spec: Spec, entries: readonly Entry[], columns: readonly ResultColumn[]): readonly Entry[] {
  const { groupBy = [] } = spec;
  const sort: NonNullable<Spec['sort']> =
    spec.sort ?? columns.slice(0, groupBy.length).map(({ name }) => ({ column: name }));
  const names = new Set(columns.map(({ name }) => name));
  const missing = sort.find(({ column }) => !names.has(column));
  if (missing !== undefined) {
    throw new Refusal(`the result has no column "${missing.column}" to sort by; it has ${[...names].join(', ')}`);
  }
  return entries.toSorted((a, b) => {
    for (const { column, order = 'asc' } of sort) {
      const difference = compareInOrder(a.row.get(column) ?? null, b.row.get(column) ?? null, order);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}
