// Everything an input can be, cut into cells on which no test of the table changes its mind. One value of a cell stands
// for all of it, so coverage is decided exactly, not sampled.

import type { Spans } from './spans.ts';
import type { Scalar } from './table-source.ts';
import type { UnaryTest } from './unary-test.ts';

/** The cells of one input. */
export interface Domain {
  readonly all: Spans;
  /** The cell a fact lies in; `undefined` when the input cannot have that value. */
  findCell(fact: Scalar): number | undefined;
  /** The cells a test accepts. */
  cellsOf(test: UnaryTest): Spans;
  /** A fact in the first of these cells. */
  sample(cells: Spans): Scalar;
  /** A test that accepts exactly these cells. */
  write(cells: Spans): string;
}
