// Amounts of money: exact decimals, rounded by one rule. Decimal rounds halves away from zero, as spreadsheets do.

import { Decimal } from 'glovebox';

export type Money = Decimal;

export const ZERO: Money = new Decimal(0);

// ISO 4217 minor units that are not 2.
const MINOR_UNITS: ReadonlyMap<string, number> = new Map([
  ...fill(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...fill(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...fill(4, 'CLF UYW'),
]);

/** How amounts of one currency are rounded and written. */
export interface Currency {
  readonly code: string;
  /** Decimals of the smallest unit: 2 for USD, 0 for JPY. */
  readonly digits: number;
}

/** The currency of an ISO 4217 code; unknown codes have two decimals. */
export function currency(code: string): Currency {
  return { code, digits: MINOR_UNITS.get(code) ?? 2 };
}

/** Rounds to the currency's smallest unit, half away from zero. */
export function round(amount: Money, { digits }: Currency): Money {
  return amount.round(digits);
}

/** An amount as the result writes it, rounded: "1234.50". */
export function write(amount: Money, { digits }: Currency): string {
  const text = amount.toFixed(digits);
  return text.startsWith('-') && Number(text) === 0 ? text.slice(1) : text;
}

/** An amount for a sentence: "USD 1,234.50". */
export function say(amount: Money, unit: Currency): string {
  const [whole = '', fraction] = write(amount, unit).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${unit.code} ${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

export function sum(amounts: readonly Money[]): Money {
  return amounts.reduce((total, amount) => total.plus(amount), ZERO);
}

/** A quotient as a JSON number, rounded: ratios are no money. Undefined where there is nothing to divide by. */
export function ratio(part: Money, whole: Money, digits: number): number | undefined {
  return whole.eq(0) ? undefined : Number(part.div(whole).round(digits).toString());
}

function fill(digits: number, codes: string): readonly (readonly [string, number])[] {
  return codes.split(' ').map((code) => [code, digits]);
}
