// Money of one currency: exact decimals inside, minor units outside.

import { Decimal } from 'glovebox';

/**
 * Currencies whose minor unit is not a hundredth.
 *
 * @see ISO 4217, list one
 */
const MINOR_UNITS: ReadonlyMap<string, number> = new Map([
  ...withDigits(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...withDigits(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...withDigits(4, 'CLF UYW'),
]);

/** Decimals of a currency's smallest unit: 2 for USD, 0 for JPY. */
export function minorUnitsOf(currency: string): number {
  return MINOR_UNITS.get(currency) ?? 2;
}

/** Decimal text with so many decimals: "1234.50". */
export function write(amount: Decimal, digits: number): string {
  const text = amount.toFixed(digits);
  return text.startsWith('-') && Number(text) === 0 ? text.slice(1) : text;
}

export function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((total, amount) => total.plus(amount), new Decimal(0));
}

function withDigits(digits: number, codes: string): readonly (readonly [string, number])[] {
  return codes.split(' ').map((code) => [code, digits]);
}
