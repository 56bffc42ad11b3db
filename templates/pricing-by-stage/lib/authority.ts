// How much of a requested discount is given, and who would have to approve the rest.

import { percent } from './currency.ts';
import type { PriceBook } from './price-book.ts';

/** What became of a request for a discount. Ratios. */
export interface Discount {
  readonly requested: number;
  /** Never above `authority`. */
  readonly granted: number;
  readonly authority: number;
  /** `needs-approval` and `refused`: the price is at `authority`, not at what was asked. */
  readonly status: 'none' | 'granted' | 'needs-approval' | 'refused';
  /** Who may approve what was asked; null when nobody has to, or nobody may. */
  readonly approver: string | null;
  readonly note: string;
}

/**
 * Grants a discount within the authority and no further. Nothing a caller says raises it: whoever approves more makes
 * the tool again with a greater authority.
 */
export function grantDiscount(book: Pick<PriceBook, 'discountAuthority' | 'approvals'>, requested: number): Discount {
  const authority = book.discountAuthority;
  if (requested <= authority) {
    const note = requested === 0 ? 'No discount was asked for.' : `${percent(requested)} granted within authority.`;
    return {
      requested,
      granted: requested,
      authority,
      status: requested === 0 ? 'none' : 'granted',
      approver: null,
      note,
    };
  }
  const approver = book.approvals.find(({ upTo }) => requested <= upTo)?.by ?? null;
  const asked = `${percent(requested)} is beyond the authority of ${percent(authority)}`;
  const note =
    approver === null
      ? `${asked} and of everyone on the approval ladder; the price is at ${percent(authority)}.`
      : `${asked}: ${approver} must approve it; until then the price is at ${percent(authority)}.`;
  return {
    requested,
    granted: authority,
    authority,
    status: approver === null ? 'refused' : 'needs-approval',
    approver,
    note,
  };
}
