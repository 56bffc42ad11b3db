// Exact decimal numbers. In a file of its own: a tool that does not import it does not carry it.

import Big from 'big.js';

/**
 * An exact decimal number: `new Decimal('0.1').plus('0.2').toFixed(2)` is `"0.30"`. Big.js with its own settings:
 * division, square roots and negative powers give 34 decimal places, and rounding is to nearest with halves away from zero,
 * as invoices do it (1.005 → 1.01, −1.005 → −1.01). For halves to even, say so: `x.round(2, Decimal.roundHalfEven)`.
 * Give amounts as strings; JSON numbers are exact as far as their shortest text is (`new Decimal(0.1)` is 0.1).
 *
 * @see https://mikemcl.github.io/big.js/
 */
export const Decimal = /* @__PURE__ */ createDecimal();

/** An exact decimal number. */
export type Decimal = Big;

function createDecimal(): Big.BigConstructor {
  const constructor = Big();
  constructor.DP = 34;
  constructor.RM = constructor.roundHalfUp;
  return constructor;
}
