// Cells of values without an order: one for each value, and one for every other text where any text is possible.

import type { Domain } from './domain.ts';
import { Refusal } from './refusal.ts';
import { firstCell, hasCell, isSame, selectCells, type Span, type Spans, subtract, union } from './spans.ts';
import type { Scalar } from './table-source.ts';

/** The values, and with `other` (a text that is none of them) a last cell for every other text. */
export function createFiniteDomain(values: readonly Scalar[], other: string | undefined): Domain {
  const cells = new Map(values.map((value, cell) => [value, cell]));
  const all: Spans = union(
    values.map((_, cell): Span => [cell, cell]).concat(other === undefined ? [] : [[cells.size, cells.size]]),
  );
  const cellOfValue = (value: Scalar): number => {
    const cell = cells.get(value);
    if (cell === undefined) throw new Refusal(`${JSON.stringify(value)} is not one of the input's values`);
    return cell;
  };
  const named = (spans: Spans): Scalar[] => values.filter((_, cell) => hasCell(spans, cell));

  return {
    all,
    findCell: (fact) => cells.get(fact) ?? (other === undefined || typeof fact !== 'string' ? undefined : cells.size),
    cellsOf: (test) => {
      const accepted =
        test.kind === 'finite' ? test.anyOf.map((value): Span => [cellOfValue(value), cellOfValue(value)]) : [];
      return selectCells(all, accepted, test.negated);
    },
    sample: (spans) => values[firstCell(spans)] ?? other ?? '',
    write: (spans) => {
      if (isSame(spans, all)) return '-';
      if (!hasCell(spans, cells.size)) return named(spans).map(writeFinite).join(', ');
      return `not(${named(subtract(all, spans)).map(writeFinite).join(', ')})`;
    },
  };
}

function writeFinite(value: Scalar): string {
  return JSON.stringify(value);
}
