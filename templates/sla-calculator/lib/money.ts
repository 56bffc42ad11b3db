// Amounts of money: exact decimals, rounded by one rule. Decimal rounds halves away from zero, as spreadsheets do.

import type { Decimal } from 'glovebox';

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

/** An amount as the result writes it, rounded: "1234.50". */
export function write(amount: Decimal, { digits }: Currency): string {
  const text = amount.toFixed(digits);
  return text.startsWith('-') && Number(text) === 0 ? text.slice(1) : text;
}

function fill(digits: number, codes: string): readonly (readonly [string, number])[] {
  return codes.split(' ').map((code) => [code, digits]);
}
