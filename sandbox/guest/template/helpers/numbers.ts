// Helpers that calculate. Numbers are taken as the decimals they are written as: 0.1 + 0.2 is 0.3, 1.005 rounds to 1.01.

import {
  addDecimals,
  decimalOf,
  divideDecimals,
  fixedText,
  multiplyDecimals,
  numberOf,
  roundDecimal,
} from '../decimal.ts';
import { numberAt, takes, textAt, wholeAt, type Call, type Helper } from './call.ts';

const MAX_DIGITS = 20;

export const NUMBER_HELPERS: Readonly<Record<string, Helper>> = {
  round: {
    takes: takes(1, 2),
    run: (call) => finite(call, numberOf(roundDecimal(decimalAt(call, 0), digitsAt(call)))),
  },
  add: { takes: takes(2), run: (call) => finite(call, numberOf(addDecimals(decimalAt(call, 0), decimalAt(call, 1)))) },
  subtract: { takes: takes(2), run: subtract },
  multiply: {
    takes: takes(2),
    run: (call) => finite(call, numberOf(multiplyDecimals(decimalAt(call, 0), decimalAt(call, 1)))),
  },
  divide: { takes: takes(2), run: divide },
  min: { takes: takes(1, Infinity), run: (call) => numbers(call).reduce((least, number) => Math.min(least, number)) },
  max: { takes: takes(1, Infinity), run: (call) => numbers(call).reduce((most, number) => Math.max(most, number)) },
  currency: { takes: takes(2), run: currency },
  percent: { takes: takes(1, 2), run: percent },
};

function decimalAt(call: Call, index: number): ReturnType<typeof decimalOf> {
  return decimalOf(numberAt(call, index));
}

function digitsAt(call: Call): number {
  return call.args.length < 2 ? 0 : wholeAt(call, 1, MAX_DIGITS);
}

function subtract(call: Call): number {
  const { digits, scale } = decimalAt(call, 1);
  return finite(call, numberOf(addDecimals(decimalAt(call, 0), { digits: -digits, scale })));
}

function divide(call: Call): number {
  const divisor = decimalAt(call, 1);
  if (divisor.digits === 0n) call.fail('division by zero');
  return finite(call, numberOf(divideDecimals(decimalAt(call, 0), divisor)));
}

function numbers(call: Call): number[] {
  return call.args.map((_, index) => numberAt(call, index));
}

function currency(call: Call): string {
  const amount = numberAt(call, 0);
  const code = textAt(call, 1);
  if (!/^[A-Z]{3}$/.test(code)) call.fail(`a currency is three capital letters such as "USD"`);
  // As text: Intl rounds decimals as written, half away from zero; a number it would round as the binary it is.
  const written = String(amount) as Intl.StringNumericLiteral;
  return new Intl.NumberFormat('en-US', { style: 'currency', currency: code }).format(written);
}

function percent(call: Call): string {
  const { digits, scale } = decimalAt(call, 0);
  return `${fixedText({ digits, scale: scale - 2 }, digitsAt(call))}%`;
}

function finite(call: Call, value: number): number {
  return Number.isFinite(value) ? value : call.fail('the result is too large for a number');
}
