// Sets of cells as sorted spans: what a test of a rule accepts, once its input is cut into cells (see domain.ts).

/** Cells `from` to `to`, both included. */
export type Span = readonly [from: number, to: number];

/** A set of cells: disjoint spans in ascending order, no two of them touching. */
export type Spans = readonly Span[];

/** The set of all cells in `spans`, which may overlap and stand in any order. */
export function union(spans: Spans): Spans {
  const merged: [number, number][] = [];
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** The cells in both sets. */
export function intersect(a: Spans, b: Spans): Spans {
  const common: Span[] = [];
  let i = 0;
  let j = 0;
  for (let left = a[i], right = b[j]; left !== undefined && right !== undefined; left = a[i], right = b[j]) {
    const from = Math.max(left[0], right[0]);
    const to = Math.min(left[1], right[1]);
    if (from <= to) common.push([from, to]);
    if (left[1] < right[1]) i += 1;
    else j += 1;
  }
  return common;
}

/** The cells of `all` that are not in `spans`. */
export function subtract(all: Spans, spans: Spans): Spans {
  const outside: Span[] = [];
  let next = 0;
  for (const [from, to] of spans) {
    if (next < from) outside.push([next, from - 1]);
    next = to + 1;
  }
  return intersect(all, [...outside, [next, Number.MAX_SAFE_INTEGER]]);
}

/** Whether the two sets share a cell. */
export function isOverlapping(a: Spans, b: Spans): boolean {
  return a.some(([from, to]) => b.some(([start, end]) => from <= end && start <= to));
}

/** Whether `cell` is in the set. */
export function hasCell(spans: Spans, cell: number): boolean {
  return spans.some(([from, to]) => from <= cell && cell <= to);
}

/** The lowest cell of a set that is not empty. */
export function firstCell(spans: Spans): number {
  return spans[0]?.[0] ?? 0;
}

/** Whether the two sets are the same. */
export function isSame(a: Spans, b: Spans): boolean {
  return a.length === b.length && a.every(([from, to], index) => from === b[index]?.[0] && to === b[index][1]);
}

/** The cells of `all` that are accepted, or with `negated` the others. */
export function selectCells(all: Spans, accepted: Spans, negated: boolean): Spans {
  const cells = union(accepted);
  return negated ? subtract(all, cells) : intersect(all, cells);
}
