// Cells of numbers and days. The bounds b0 < b1 < … that the tests mention cut the line into: below b0, b0 itself, between
// b0 and b1, b1 itself, … and above the last.

import { Decimal } from 'glovebox';
import type { Domain } from './domain.ts';
import { isRepresentable, type OrderedType, readFact, toFact, writeOrdered } from './literals.ts';
import { firstCell, hasCell, isSame, selectCells, type Span, subtract, union } from './spans.ts';
import type { Interval } from './unary-test.ts';

/** The cells of a range, cut at the ends of the intervals. */
export function createOrderedDomain(type: OrderedType, range: Interval, intervals: readonly Interval[]): Domain {
  const bounds = sortedBounds([range, ...intervals]);
  const last = 2 * bounds.length;
  const within = ({ low, high }: Interval): Span => [
    low === undefined ? 0 : cellOf(bounds, low.value) + (low.closed ? 0 : 1),
    high === undefined ? last : cellOf(bounds, high.value) - (high.closed ? 0 : 1),
  ];
  const empty = Array.from({ length: last + 1 }, (_, cell) => cell).filter((cell) => isEmpty(type, bounds, cell));
  const all = subtract([within(range)], union(empty.map((cell) => [cell, cell])));

  return {
    all,
    findCell(fact) {
      const cell = cellOf(bounds, readFact(type, fact));
      return hasCell(all, cell) ? cell : undefined;
    },
    cellsOf: (test) => {
      const accepted = test.kind === 'ordered' ? test.anyOf.map(within).filter(([from, to]) => from <= to) : [];
      return selectCells(all, accepted, test.negated);
    },
    sample: (cells) => toFact(type, sampleOf(type, bounds, firstCell(cells))),
    write: (cells) => (isSame(cells, all) ? '-' : cells.map((span) => writeSpan(type, bounds, span)).join(', ')),
  };
}

function sortedBounds(intervals: readonly Interval[]): Decimal[] {
  const ends = intervals.flatMap(({ low, high }) => [low, high]).filter((end) => end !== undefined);
  const distinct = new Map(ends.map(({ value }) => [value.toString(), value]));
  return [...distinct.values()].toSorted((a, b) => a.cmp(b));
}

/** Odd cells are the bounds themselves, even ones what lies between. */
function cellOf(bounds: readonly Decimal[], value: Decimal): number {
  let [from, to] = [0, bounds.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const order = value.cmp(bounds[middle] ?? value);
    if (order === 0) return 2 * middle + 1;
    if (order < 0) to = middle;
    else from = middle + 1;
  }
  return 2 * from;
}

/** A value of the cell; for whole-number types the first whole one above its low end. */
function sampleOf(type: OrderedType, bounds: readonly Decimal[], cell: number): Decimal {
  const [below, above] = [bounds[(cell >> 1) - 1], bounds[cell >> 1]];
  if (cell % 2 === 1) return above ?? new Decimal(0);
  if (below === undefined) return above === undefined ? new Decimal(0) : wholeBelow(above);
  if (above === undefined || type !== 'number') return wholeAbove(below);
  return below.plus(above).times('0.5');
}

/** Whether no fact of the type lies in the cell: between two neighbouring days, for instance. */
function isEmpty(type: OrderedType, bounds: readonly Decimal[], cell: number): boolean {
  if (type === 'number') return false;
  const sample = sampleOf(type, bounds, cell);
  if (!sample.eq(sample.round(0)) || !isRepresentable(type, sample)) return true;
  const above = bounds[cell >> 1];
  return cell % 2 === 0 && above !== undefined && sample.gte(above);
}

function wholeAbove(value: Decimal): Decimal {
  const rounded = value.round(0);
  return rounded.gt(value) ? rounded : rounded.plus(1);
}

function wholeBelow(value: Decimal): Decimal {
  return wholeAbove(value.times(-1)).times(-1);
}

function writeSpan(type: OrderedType, bounds: readonly Decimal[], [from, to]: Span): string {
  const low = from % 2 === 1 ? bounds[from >> 1] : bounds[(from >> 1) - 1];
  const high = bounds[to >> 1];
  const [open, close] = [from % 2 === 1 ? '[' : '(', to % 2 === 1 ? ']' : ')'];
  const write = (value: Decimal): string => writeOrdered(type, value);
  if (low === undefined) return high === undefined ? '-' : `${close === ']' ? '<=' : '<'} ${write(high)}`;
  if (high === undefined) return `${open === '[' ? '>=' : '>'} ${write(low)}`;
  return from === to && from % 2 === 1 ? write(low) : `${open}${write(low)}..${write(high)}${close}`;
}
