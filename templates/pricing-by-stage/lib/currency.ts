// Money of one currency: exact decimals inside, minor units and a readable text outside.

import { Decimal } from 'glovebox';

/** An amount as results carry it: never a binary fraction. */
export interface Money {
  /** Decimal text with as many digits as the currency has: "1234.50", in yen "1235". */
  readonly amount: string;
  /** For people: "$1,234.50". */
  readonly text: string;
}

/** How amounts of one currency are rounded and shown. */
export interface Currency {
  readonly code: string;
  /** Digits after the point. */
  readonly minorUnits: number;
  readonly rounding: 'half-up' | 'half-even';
  round(amount: Decimal): Decimal;
  show(amount: Decimal): Money;
  /** As {@link show}, but with the further digits a unit price may have ($0.0004 per call). */
  showUnitPrice(amount: Decimal): Money;
}

/**
 * Currencies whose minor unit is not a hundredth.
 *
 * @see ISO 4217, list one
 */
const MINOR_UNITS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    [
      'BIF',
      'CLP',
      'DJF',
      'GNF',
      'ISK',
      'JPY',
      'KMF',
      'KRW',
      'PYG',
      'RWF',
      'UGX',
      'UYI',
      'VND',
      'VUV',
      'XAF',
      'XOF',
      'XPF',
    ].map((code) => [code, 0]),
  ),
  ...Object.fromEntries(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3])),
  CLF: 4,
  UYW: 4,
};

/** Decimal's names for the rounding modes. */
const MODES = { 'half-up': 1, 'half-even': 2 } as const;

/** The rules of a currency. */
export function createCurrency(code: string, rounding: Currency['rounding']): Currency {
  const minorUnits = MINOR_UNITS[code] ?? 2;
  const format = formatOf(code, minorUnits, minorUnits);
  const formatUnitPrice = formatOf(code, minorUnits, UNIT_PRICE_DIGITS);
  const round = (amount: Decimal): Decimal => amount.round(minorUnits, MODES[rounding]);
  return {
    code,
    minorUnits,
    rounding,
    round,
    show: (amount) => {
      const text = round(amount).toFixed(minorUnits);
      return { amount: text, text: format(text) };
    },
    showUnitPrice: (amount) => {
      const digits = Math.max(minorUnits, (amount.toFixed().split('.')[1] ?? '').length);
      return { amount: amount.toFixed(digits), text: formatUnitPrice(amount.toFixed(digits)) };
    },
  };
}

/** A ratio as percent, with all its digits. */
export function percent(ratio: number): string {
  return `${new Decimal(ratio).times(100).toFixed()}%`;
}

/** The most digits a unit price is shown with; its `amount` has all. */
const UNIT_PRICE_DIGITS = 12;

/** Formats decimal text: Intl reads it without going through a binary number. */
function formatOf(
  currency: string,
  minimumFractionDigits: number,
  maximumFractionDigits: number,
): (text: string) => string {
  const format = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    minimumFractionDigits,
    maximumFractionDigits,
  });
  return (text) => format.format(text as Intl.StringNumericLiteral);
}
