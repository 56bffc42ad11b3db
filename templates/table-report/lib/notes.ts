// What a reader must know besides the table.

import { Decimal } from 'glovebox';
import type { ResultColumn } from './result-column.ts';
import type { OutputRow, Scalar } from './types.ts';

/** The rows of a report as they are shown. */
export interface Shown {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly OutputRow[];
  readonly others: OutputRow | null;
  readonly total: OutputRow | null;
  /** Rows of the result that are in neither `rows` nor `others`. */
  readonly hidden: number;
}

export function listNotes(shown: Shown): readonly string[] {
  const { hidden } = shown;
  if (hidden > 0) {
    return [
      `${hidden} more ${hidden === 1 ? 'row is' : 'rows are'} not shown; the total counts them. Raise limit, or use top.`,
    ];
  }
  return roundingNotes(shown);
}

/** Totals are made of all rows, not of the rounded ones shown: where that shows, it is said. */
function roundingNotes({ columns, others, rows, total }: Shown): readonly string[] {
  if (total === null) return [];
  const parts = others === null ? rows : [...rows, others];
  return columns
    .filter(({ adds }) => adds)
    .flatMap(({ name }) => {
      const difference = numberOf(total[name]).minus(
        parts.reduce((sum, row) => sum.plus(numberOf(row[name])), new Decimal(0)),
      );
      if (difference.eq(0)) return [];
      return [
        `The total of "${name}" differs by ${difference.toFixed()} from the sum of its rows: each is rounded on its own.`,
      ];
    });
}

function numberOf(value: Scalar | undefined): Decimal {
  return new Decimal(typeof value === 'string' || typeof value === 'number' ? value : 0);
}
