// Tables without boxes: a bold head, columns two spaces apart, the last one wrapped to the terminal.

import Table from 'cli-table3';
import { stripVTControlCharacters } from 'node:util';
import type { Style } from './style.ts';

/** What a table looks like beside its cells. */
export interface TableOptions {
  readonly style: Style;
  /** Width to wrap the last column to; absent, nothing is wrapped. */
  readonly columns?: number;
}

/** Narrowest the last column is wrapped to; a terminal that is narrower wraps by itself. */
const MIN_LAST_COLUMN = 20;

/** Text of a table, without a final line break. Cells hold plain text or styled text. */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { style, columns }: TableOptions,
): string {
  const table = new Table({
    chars: NO_BOX,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    head: head.map((name) => style('bold', name)),
    wordWrap: true,
    ...(columns === undefined ? {} : { colWidths: columnWidths(head, rows, columns) }),
  });
  table.push(...rows.map((row) => [...row]));
  return trimLines(table.toString());
}

/** Names and values beneath each other. */
export function formatPairs(pairs: readonly (readonly [string, string])[], { style }: TableOptions): string {
  const table = new Table({ chars: NO_BOX, style: { border: [], 'padding-left': 0, 'padding-right': 2 } });
  table.push(...pairs.map(([name, value]) => [style('dim', name), value]));
  return trimLines(table.toString());
}

const NO_BOX = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right']
    .concat(['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'])
    .map((name) => [name, '']),
);

function columnWidths(head: readonly string[], rows: readonly (readonly string[])[], columns: number): number[] {
  const widest = head.map((name, index) =>
    Math.max(...[head, ...rows].map((row) => cellWidth(row[index] ?? name) + 2)),
  );
  const before = widest.slice(0, -1).reduce((sum, width) => sum + width, 0);
  const last = widest.at(-1) ?? 0;
  return [...widest.slice(0, -1), Math.min(last, Math.max(columns - before, MIN_LAST_COLUMN))];
}

function cellWidth(cell: string): number {
  return Math.max(
    ...stripVTControlCharacters(cell)
      .split('\n')
      .map((line) => line.length),
  );
}

function trimLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
