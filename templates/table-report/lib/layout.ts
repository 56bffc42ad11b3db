// Which columns the result has, and how each makes its cell of a bucket of rows.

import { createAggregator, sumOf } from './aggregate.ts';
import type { Cell } from './cell.ts';
import { checkDepth, evaluate } from './evaluate.ts';
import { type Bucket, createKey, type Key } from './groups.ts';
import { pivotColumns } from './pivot.ts';
import { Refusal } from './refusal.ts';
import type { ResultColumn, ResultRow } from './result-column.ts';
import type { Table } from './table.ts';
import type { Aggregate, Spec } from './types.ts';

const COUNT: readonly Aggregate[] = [{ op: 'count' }];

/** @throws Refusal when columns do not exist, have the wrong type, or share a name */
export function resultColumns(
  spec: Spec,
  keys: readonly Key[],
  table: Table,
  rows: readonly number[],
): readonly ResultColumn[] {
  const { derived = [] } = spec;
  const columns = isGrouped(spec) ? groupedColumns(spec, keys, table, rows) : listedColumns(spec, table);
  const all = [...columns, ...derived.map(derivedColumn)];
  const names = all.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new Refusal(`two columns of the result are called "${twice}"; name one with "as"`);
  return all;
}

/** Whether rows are put together, or listed one by one. */
export function isGrouped({ groupBy = [], aggregates = [], pivot }: Spec): boolean {
  return groupBy.length > 0 || aggregates.length > 0 || pivot !== undefined;
}

/** The group keys of a report. */
export function groupKeys({ groupBy = [] }: Spec, table: Table): readonly Key[] {
  return groupBy.map((key) => createKey(key, table));
}

function groupedColumns(
  spec: Spec,
  keys: readonly Key[],
  table: Table,
  rows: readonly number[],
): readonly ResultColumn[] {
  const { aggregates = COUNT, pivot } = spec;
  const aggregators = (aggregates.length === 0 ? COUNT : aggregates).map((each) => createAggregator(each, table));
  return [
    ...keys.map(keyColumn),
    ...(pivot === undefined ? [] : pivotColumns(pivot, aggregators, table, rows)),
    ...aggregators.map(({ name, of, op, source, type }) => ({
      name,
      type,
      source,
      aggregate: name,
      adds: op === 'sum' || op === 'count',
      isCount: op === 'count' || op === 'countDistinct',
      of: (bucket: Bucket) => of(bucket.rows),
    })),
  ];
}

/** The value the rows share; a row that sums others up has its label in the first of these columns. */
function keyColumn({ name, source, type }: Key, index: number): ResultColumn {
  return {
    name,
    type,
    source,
    aggregate: undefined,
    adds: false,
    isCount: false,
    of: ({ keys, label }) => (label === undefined ? (keys[index] ?? null) : index === 0 ? label : null),
  };
}

/** The cells as they are; a row that sums others up has sums of numbers, and its label in the first column of texts. */
function listedColumns({ columns }: Spec, table: Table): readonly ResultColumn[] {
  const listed = (columns ?? table.names).map((name) => table.get(name));
  const labelled = listed.find(({ type }) => type === 'text');
  return listed.map((column) => ({
    name: column.name,
    type: column.type,
    source: column.name,
    aggregate: undefined,
    adds: column.type === 'number',
    isCount: false,
    of({ label, rows }) {
      if (label === undefined) return column.cells[rows[0] ?? 0] ?? null;
      if (column === labelled) return label;
      return column.type === 'number' ? sumOf(rows.map((row) => column.cells[row] ?? null)) : null;
    },
  }));
}

function derivedColumn({ name, expression }: NonNullable<Spec['derived']>[number]): ResultColumn {
  checkDepth(expression);
  return {
    name,
    type: undefined,
    source: undefined,
    aggregate: undefined,
    adds: false,
    isCount: false,
    of: (_, row) => evaluate(expression, (column) => lookUp(row, column)),
  };
}

/** The cell of a column of the result. @throws Refusal when there is none of that name yet */
export function lookUp(row: ResultRow, column: string): Cell {
  const cell = row.get(column);
  if (cell !== undefined) return cell;
  const names = [...row.keys()].map((name) => JSON.stringify(name));
  throw new Refusal(`the result has no column "${column}" here; it has ${names.join(', ')}`);
}
