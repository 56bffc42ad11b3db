// The whole report: filter, put together, sort, cut, and write.

import { isTrue } from './condition.ts';
import { type Entry, findEntries, sumUp } from './entries.ts';
import { checkDepth } from './evaluate.ts';
import { groupRows } from './groups.ts';
import { groupKeys, isGrouped, resultColumns } from './layout.ts';
import { listNotes } from './notes.ts';
import type { ResultColumn } from './result-column.ts';
import { shapeOf, toMarkdown, toOutputRow } from './shape.ts';
import { createTable, type Table } from './table.ts';
import type { Input, Report, Setting, Spec } from './types.ts';

/** Rows of a result that is not cut by `top`. */
const DEFAULT_LIMIT = 200;

/** What of a result is shown. */
interface Cut {
  readonly shown: readonly Entry[];
  readonly others: Entry | undefined;
  readonly total: Entry | undefined;
  /** Entries that are in neither of them but the total. */
  readonly hidden: number;
}

/** @throws Refusal when the report asks for columns or values the rows do not have */
export function createReport({ rows, ...asked }: Input, setting: Setting): Report {
  const spec: Spec = { ...setting.report, ...asked };
  const table = createTable(rows, setting.columns, spec.computed ?? []);
  const used = filterRows(spec, table);
  const keys = groupKeys(spec, table);
  const columns = resultColumns(spec, keys, table, used);
  const buckets = isGrouped(spec) ? groupRows(used, keys) : used.map((row) => ({ keys: [], rows: [row] }));
  const found = findEntries(spec, columns, buckets);
  const cut = cutEntries(spec, found, columns);
  return {
    title: setting.title,
    ...writeReport(cut, columns, spec, setting),
    counts: {
      rowsIn: table.rowCount,
      rowsUsed: used.length,
      rowsFound: found.length,
      rowsShown: cut.shown.length,
    },
  };
}

function filterRows({ filter }: Spec, table: Table): readonly number[] {
  const all = Array.from({ length: table.rowCount }, (_, row) => row);
  if (filter === undefined) return all;
  checkDepth(filter);
  return all.filter((row) => isTrue(filter, (column) => table.get(column).cells[row] ?? null));
}

/** The rest becomes one row where `top` asks for it; the total is over everything found. */
function cutEntries({ limit, top, totals }: Spec, found: readonly Entry[], columns: readonly ResultColumn[]): Cut {
  const shown = found.slice(0, top?.count ?? limit ?? DEFAULT_LIMIT);
  const rest = found.slice(shown.length);
  const hasOthers = top !== undefined && top.others !== false;
  return {
    shown,
    others: hasOthers ? sumUp(rest, top.label ?? 'Others', columns) : undefined,
    total: totals === true ? sumUp(found, 'Total', columns) : undefined,
    hidden: hasOthers ? 0 : rest.length,
  };
}

function writeReport(
  { hidden, others, shown, total }: Cut,
  columns: readonly ResultColumn[],
  spec: Spec,
  setting: Setting,
): Omit<Report, 'title' | 'counts'> {
  const every = [...shown, others, total].filter((entry) => entry !== undefined);
  const shapes = columns.map((column) => shapeOf(column, every, spec, setting));
  const written = {
    rows: shown.map((entry) => toOutputRow(entry, shapes)),
    others: others === undefined ? null : toOutputRow(others, shapes),
    total: total === undefined ? null : toOutputRow(total, shapes),
  };
  return {
    columns: shapes.map(({ format: { rounding: _, ...format }, ...shape }) => ({ ...shape, format })),
    ...written,
    markdown: toMarkdown(every, shapes),
    notes: listNotes({ columns, ...written, hidden }),
  };
}
