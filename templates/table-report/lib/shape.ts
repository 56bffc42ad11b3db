// How the columns of the result look: type, title, format; and the rows in that form.

import { inferColumn } from './column.ts';
import type { Entry } from './entries.ts';
import { completeFormat, type FullFormat, toText, toValue, typeOf } from './format.ts';
import { writeTable } from './markdown.ts';
import type { ResultColumn } from './result-column.ts';
import type { ColumnType, OutputRow, Setting, Spec } from './types.ts';

/** A column of the result with nothing left open. */
export interface Shape {
  readonly name: string;
  readonly title: string;
  readonly type: ColumnType;
  readonly format: FullFormat;
}

/**
 * The shape of a column: its format is the call's, else the declared one of the column it was made of. A column that holds
 * nothing has the type its format asks for.
 *
 * @throws Refusal when its values do not fit its format
 */
export function shapeOf(
  column: ResultColumn,
  entries: readonly Entry[],
  { formats = [] }: Spec,
  setting: Setting,
): Shape {
  const { aggregate, isCount, name, source } = column;
  const cells = entries.map(({ row }) => row.get(name) ?? null);
  const declared = isCount ? undefined : setting.columns.find((each) => each.name === source);
  const found = column.type ?? inferColumn(name, cells).type;
  const format =
    formats.find((each) => each.column === name) ??
    formats.find((each) => each.column === aggregate) ??
    (found === 'text' ? undefined : declared?.format);
  const isEmpty = cells.every((cell) => cell === null);
  const type = (isEmpty && format !== undefined ? typeOf(format) : undefined) ?? found;
  return {
    name,
    title: name === source ? (declared?.title ?? name) : name,
    type,
    format: completeFormat(name, type, format, setting.currency),
  };
}

/** A row as the structured result has it. */
export function toOutputRow({ row }: Entry, shapes: readonly Shape[]): OutputRow {
  return Object.fromEntries(shapes.map(({ name, format }) => [name, toValue(row.get(name) ?? null, format)]));
}

/** All rows as a Markdown table. */
export function toMarkdown(entries: readonly Entry[], shapes: readonly Shape[]): string {
  return writeTable(
    shapes.map(({ format, title, type }) => ({
      title: format.currency === undefined ? title : `${title} (${format.currency})`,
      isNumber: type === 'number',
    })),
    entries.map(({ row }) => shapes.map(({ format, name }) => toText(row.get(name) ?? null, format))),
  );
}
