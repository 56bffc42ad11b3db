// Expressions: values worked out from a row. They are data; nothing of a caller is ever run as code.

import { Decimal } from 'glovebox';
import { type Cell, compareCells, isNumber, type NumberCell } from './cell.ts';
import { isTrue, type Lookup } from './condition.ts';
import { divide } from './divide.ts';
import { Refusal } from './refusal.ts';
import type { Condition, Expression, Operation } from './types.ts';

type Arithmetic = Exclude<Operation, 'coalesce' | 'concat' | 'if'>;

/** Levels an expression or a condition may be nested: deeper ones are hardly meant, and recursion costs stack. */
const MAX_DEPTH = 16;
/** Digits before the point. Repeated multiplication would double them each time. */
const MAX_EXPONENT = 60;
const DECIMALS = 34;

/** @throws Refusal when it is nested too deep */
export function checkDepth(part: Expression | Condition, depth = 1): void {
  if (depth > MAX_DEPTH) throw new Refusal(`an expression or condition is nested deeper than ${MAX_DEPTH} levels`);
  for (const child of childrenOf(part)) checkDepth(child, depth + 1);
}

/**
 * Works out one value. Numbers are exact decimals; a quotient has 20 decimals. An empty argument makes an empty result, save
 * with coalesce, concat and if; so does division by zero.
 *
 * @throws Refusal when an argument has the wrong type, or a number grows out of bounds
 */
export function evaluate(expression: Expression, lookup: Lookup): Cell {
  if ('column' in expression) return lookup(expression.column);
  if ('value' in expression) return expression.value;
  const { op, args, digits = 0, test } = expression;
  if (op === 'if') {
    if (test === undefined || args.length !== 2) throw new Refusal('"if" needs a test and two args');
    const branch = isTrue(test, lookup) ? args[0] : args[1];
    return branch === undefined ? null : evaluate(branch, lookup);
  }
  const cells = args.map((arg) => evaluate(arg, lookup));
  if (op === 'coalesce') return cells.find((cell) => cell !== null) ?? null;
  if (op === 'concat') return cells.map((cell) => (cell === null ? '' : String(cell))).join('');
  if ((op === 'min' || op === 'max') && !cells.some(isNumber)) return extreme(op, cells);
  return calculate(op, cells, digits);
}

function childrenOf(part: Expression | Condition): readonly (Expression | Condition)[] {
  if ('all' in part) return part.all;
  if ('any' in part) return part.any;
  if ('not' in part) return [part.not];
  if ('args' in part) return part.test === undefined ? part.args : [...part.args, part.test];
  return [];
}

/** The first or last of dates or texts. */
function extreme(op: 'min' | 'max', cells: readonly Cell[]): Cell {
  if (cells.includes(null)) return null;
  const [first = null, ...rest] = cells.toSorted(compareCells);
  return op === 'min' ? first : (rest.at(-1) ?? first);
}

function calculate(op: Arithmetic, cells: readonly Cell[], digits: number): Cell {
  checkArity(op, cells.length);
  const numbers: Decimal[] = [];
  for (const cell of cells) {
    if (cell === null) return null;
    numbers.push(new Decimal(asNumber(op, cell)));
  }
  const [first = new Decimal(0), ...rest] = numbers;
  const result = operate(op, first, rest, digits);
  if (result !== null && result.e > MAX_EXPONENT) {
    throw new Refusal(`"${op}" gives a number of more than ${MAX_EXPONENT} digits`);
  }
  return result;
}

/** Operations that take so many arguments, and no more. */
const ARITY: ReadonlyMap<Arithmetic, number> = new Map([
  ['subtract', 2],
  ['divide', 2],
  ['abs', 1],
  ['round', 1],
]);

function checkArity(op: Arithmetic, count: number): void {
  const arity = ARITY.get(op);
  if (arity === undefined || arity === count) return;
  throw new Refusal(`"${op}" takes ${arity} args, not ${count}`);
}

function asNumber(op: Arithmetic, cell: Exclude<Cell, null>): NumberCell {
  if (isNumber(cell)) return cell;
  throw new Refusal(
    `"${op}" needs numbers, and ${JSON.stringify(cell)} is none; declare its column as number, or filter the row out`,
  );
}

function operate(op: Arithmetic, first: Decimal, rest: readonly Decimal[], digits: number): Decimal | null {
  switch (op) {
    case 'add':
      return rest.reduce((a, b) => a.plus(b), first);
    case 'subtract':
      return rest.reduce((a, b) => a.minus(b), first);
    case 'multiply':
      return rest.reduce((a, b) => a.times(b).round(DECIMALS), first);
    case 'divide': {
      const [divisor] = rest;
      return divisor === undefined || divisor.eq(0) ? null : divide(first, divisor);
    }
    case 'min':
      return rest.reduce((a, b) => (b.lt(a) ? b : a), first);
    case 'max':
      return rest.reduce((a, b) => (b.gt(a) ? b : a), first);
    case 'abs':
      return first.abs();
    case 'round':
      return first.round(digits);
  }
}
