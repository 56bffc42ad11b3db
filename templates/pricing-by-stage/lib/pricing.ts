// The three stages of a deal: value without a price, a quote within authority, a final offer that expires.

import { type Discovery, discover } from './discovery.ts';
import { type PriceBook, type PricingRequest, withoutPrices } from './price-book.ts';
import { createQuote, type Quote } from './quote.ts';

/** A detailed quote, open to change. */
export interface Negotiation {
  readonly stage: 'negotiation';
  readonly quote: Quote;
  readonly message: string;
}

/** A final offer. Dates are days in UTC, the last one included. */
export interface Closing {
  readonly stage: 'closing';
  readonly quote: Quote;
  readonly urgency: true;
  readonly issuedOn: string;
  readonly validUntil: string;
  readonly terms: readonly string[];
  readonly message: string;
}

const DAY_MS = 86_400_000;

/**
 * Answers a request by its stage.
 *
 * @param nowMs epoch milliseconds
 * @throws Refusal when the request does not fit the price book
 */
export function priceByStage(
  book: PriceBook,
  request: PricingRequest,
  nowMs: number,
): Discovery | Negotiation | Closing {
  switch (request.stage) {
    case 'discovery':
      return discover(withoutPrices(book), request);
    case 'negotiation': {
      const quote = createQuote(book, request);
      return { stage: 'negotiation', quote, message: `${summary(quote)}.${concern(quote)}` };
    }
    case 'closing': {
      const quote = createQuote(book, request);
      const validUntil = isoDay(nowMs + book.offer.validDays * DAY_MS);
      return {
        stage: 'closing',
        urgency: true,
        issuedOn: isoDay(nowMs),
        validUntil,
        terms: book.offer.terms,
        quote,
        message: `Final offer: ${summary(quote)}, valid until ${validUntil}.${concern(quote)}`,
      };
    }
  }
}

function summary({ quantity, unit, plan, product, termMonths, lines, totals }: Quote): string {
  const term = lines.every((line) => line.period === 'once') ? '' : ` for ${termMonths} months`;
  const taxes = totals.taxes.length === 0 ? '' : `, of which ${totals.tax.text} tax`;
  return `${quantity} × ${unit} of ${product} ${plan.title}${term}: ${totals.total.text}${taxes}`;
}

/** What stands between the price and the discount that was asked for. */
function concern({ discount }: Quote): string {
  return discount.status === 'needs-approval' || discount.status === 'refused' ? ` ${discount.note}` : '';
}

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
