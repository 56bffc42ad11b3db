// The first stage: what the product is worth to this customer, and what to find out. No price can appear, because the
// value book holds none.

import { Decimal } from 'glovebox';
import { isForSale } from './order.ts';
import { type PricingRequest, titleOf, type ValueBook, type ValueDriver } from './price-book.ts';
import { Refusal } from './refusal.ts';

/** What a customer can expect. */
export interface ValueRange {
  readonly outcome: string;
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  /** What the numbers hold for: "500 seats", "the customer". */
  readonly basis: string;
  /** Where they come from; null = `illustrative`. */
  readonly source: string | null;
  readonly illustrative: boolean;
}

/** A conversation about value. */
export interface Discovery {
  readonly stage: 'discovery';
  readonly product: string;
  readonly illustrative: boolean;
  readonly plans: readonly { readonly id: string; readonly title: string; readonly suits: string | null }[];
  readonly valueRange: readonly ValueRange[];
  readonly questions: readonly string[];
  readonly message: string;
}

/**
 * The value the product brings, for the quantity and plan as far as they are known.
 *
 * @throws Refusal when the plan is not in the book
 */
export function discover(book: ValueBook, request: PricingRequest): Discovery {
  const { plan: wanted, quantity } = request;
  const named = wanted === undefined ? book.plans : book.plans.filter(({ id }) => id === wanted);
  const [first] = named;
  if (first === undefined) throw new Refusal(`there is no plan ${JSON.stringify(wanted)}`);
  const suitable = quantity === undefined ? named : named.filter((plan) => isForSale(plan, quantity));
  return {
    stage: 'discovery',
    product: book.product,
    illustrative: book.illustrative,
    plans: suitable.map((plan) => ({ id: plan.id, title: titleOf(plan), suits: plan.suits ?? null })),
    valueRange: book.value.map((driver) => scale(driver, quantity, first.unit)),
    questions: book.questions,
    message:
      book.value.length === 0
        ? 'This product has no value drivers yet: ask the questions, and name no price.'
        : 'Talk about value and ask the questions; a price comes with the negotiation stage, not before.',
  };
}

function scale(driver: ValueDriver, quantity: number | undefined, unit: string): ValueRange {
  const factor = driver.per === 'unit' ? (quantity ?? 1) : 1;
  const times = (value: number): number => new Decimal(value).times(factor).toNumber();
  return {
    outcome: driver.outcome,
    low: times(driver.low),
    high: times(driver.high),
    unit: driver.unit,
    basis: driver.per === 'customer' ? 'the customer' : `${factor} × ${unit}`,
    source: driver.source ?? null,
    illustrative: driver.source === undefined,
  };
}
