// Exact decimal arithmetic on numbers as they are written: 1.005 is 1005 × 10⁻³, not the binary fraction below it.

/** `digits × 10^-scale`. */
export interface Decimal {
  readonly digits: bigint;
  /** May be negative. */
  readonly scale: number;
}

/** Quotients keep this many digits: more than a number can hold. */
const QUOTIENT_DIGITS = 25;

/** The shortest decimal that means this number. */
export function decimalOf(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), scale: fraction.length - Number(exponent) };
}

/** The number nearest to a decimal; infinite when it is out of range. Never -0. */
export function numberOf({ digits, scale }: Decimal): number {
  return digits === 0n ? 0 : Number(`${digits}e${-scale}`) + 0;
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: rescaled(a, scale) + rescaled(b, scale), scale };
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale };
}

/** To 25 significant digits, cut. The divisor must not be zero. */
export function divideDecimals(a: Decimal, b: Decimal): Decimal {
  const shift = Math.max(0, QUOTIENT_DIGITS + lengthOf(b.digits) - lengthOf(a.digits));
  return { digits: (a.digits * 10n ** BigInt(shift)) / b.digits, scale: a.scale + shift - b.scale };
}

/** Rounds half away from zero, to this many places after the point. */
export function roundDecimal(value: Decimal, places: number): Decimal {
  if (value.scale <= places) return value;
  const unit = 10n ** BigInt(value.scale - places);
  const half = value.digits < 0n ? -unit / 2n : unit / 2n;
  return { digits: (value.digits + half) / unit, scale: places };
}

/** A decimal with exactly this many places, rounded half away from zero. */
export function fixedText(value: Decimal, places: number): string {
  const digits = rescaled(roundDecimal(value, places), places);
  const text = String(digits < 0n ? -digits : digits).padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places);
  return `${digits < 0n ? '-' : ''}${places === 0 ? whole : `${whole}.${text.slice(-places)}`}`;
}

/** The digits at a scale not smaller than the decimal's own. */
function rescaled({ digits, scale }: Decimal, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - scale);
}

function lengthOf(digits: bigint): number {
  return String(digits < 0n ? -digits : digits).length;
}
