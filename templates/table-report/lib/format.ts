// How the values of a column are rounded, and how they are written for people.

import { Decimal } from 'glovebox';
import { type Cell, isNumber, toScalar } from './cell.ts';
import { isDay, writeDay } from './dates.ts';
import { Refusal } from './refusal.ts';
import type { ColumnType, Format, Scalar } from './types.ts';

/** A format with nothing left open. */
export interface FullFormat extends Format {
  /** Of the number itself: 3 for a percentage with one decimal. Undefined: as it is, to ten decimals. */
  readonly rounding: number | undefined;
}

// ISO 4217 minor units that are not 2.
const MINOR_UNITS: ReadonlyMap<string, number> = new Map([
  ...fill(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...fill(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...fill(4, 'CLF UYW'),
]);

/** Decimals of a number without a format: what an average of thirds needs to look like one. */
const DEFAULT_DECIMALS = 10;

/**
 * Fills in what a format leaves open.
 *
 * @param currency ISO 4217, where the format names none
 * @throws Refusal when the column has no such values
 */
export function completeFormat(
  name: string,
  type: ColumnType,
  format: Format | undefined,
  currency: string,
): FullFormat {
  const { kind, decimals } = format ?? { kind: plainKind(type) };
  const wanted = typeOf({ kind });
  if (wanted !== undefined && wanted !== type) {
    throw new Refusal(`column "${name}" is ${type} and cannot be written as ${kind}; declare it as ${wanted}`);
  }
  switch (kind) {
    case 'currency': {
      const code = format?.currency ?? currency;
      const digits = decimals ?? MINOR_UNITS.get(code) ?? 2;
      return { kind, currency: code, decimals: digits, rounding: digits };
    }
    case 'percent':
      return { kind, decimals: decimals ?? 1, rounding: (decimals ?? 1) + 2 };
    case 'number':
      return { kind, ...(decimals === undefined ? {} : { decimals }), rounding: decimals };
    case 'date':
      return { kind, pattern: format?.pattern ?? 'YYYY-MM-DD', rounding: undefined };
    case 'text':
      return { kind, rounding: undefined };
  }
}

/** The type of the values a format is for; undefined when it takes any. */
export function typeOf({ kind }: Pick<Format, 'kind'>): ColumnType | undefined {
  if (kind === 'text') return undefined;
  return kind === 'date' ? 'date' : 'number';
}

/** A cell as the structured result has it: rounded; amounts of money as decimal texts, exact. */
export function toValue(cell: Cell, { kind, rounding }: FullFormat): Scalar {
  if (!isNumber(cell)) return cell;
  if (kind === 'currency') return unsigned(new Decimal(cell).toFixed(rounding));
  if (typeof cell === 'number' && rounding === undefined) return cell;
  return toScalar(new Decimal(cell).round(rounding ?? DEFAULT_DECIMALS));
}

/** A cell as Markdown shows it, not yet escaped. */
export function toText(cell: Cell, format: FullFormat): string {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (!isNumber(cell)) return format.pattern !== undefined && isDay(cell) ? writeDay(cell, format.pattern) : cell;
  const { decimals, kind } = format;
  if (kind === 'text') return String(cell);
  const shown = new Decimal(cell).times(kind === 'percent' ? 100 : 1);
  const text = unsigned(decimals === undefined ? shown.round(DEFAULT_DECIMALS).toFixed() : shown.toFixed(decimals));
  return kind === 'percent' ? `${groupThousands(text)} %` : groupThousands(text);
}

function plainKind(type: ColumnType): Format['kind'] {
  return type === 'number' || type === 'date' ? type : 'text';
}

/** No minus before a zero that was rounded. */
function unsigned(text: string): string {
  return /^-[0.]+$/.test(text) ? text.slice(1) : text;
}

function groupThousands(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function fill(digits: number, codes: string): readonly (readonly [string, number])[] {
  return codes.split(' ').map((code) => [code, digits]);
}
