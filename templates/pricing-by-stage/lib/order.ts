// A request against the price book: what exactly is being bought, one item per price and discount.

import {
  type AddOn,
  type Band,
  type Period,
  type Plan,
  type PlanOutline,
  type PriceBook,
  type PricingRequest,
  type Term,
  titleOf,
} from './price-book.ts';
import { Refusal } from './refusal.ts';

/** Units that share one price and one volume discount. */
export interface OrderItem {
  readonly item: 'plan' | 'add-on';
  readonly id: string;
  readonly title: string;
  readonly quantity: number;
  readonly unit: string;
  readonly unitPrice: number;
  readonly period: Period;
  readonly volumeDiscount: number;
  /** Whether term and negotiated discounts apply. */
  readonly discountable: boolean;
}

/** What is being bought, for how long. */
export interface Order {
  readonly plan: Plan;
  readonly quantity: number;
  readonly term: Term;
  readonly items: readonly OrderItem[];
}

/**
 * Reads a request.
 *
 * @throws Refusal when the plan, term or an add-on is not in the book, or the quantity is not for sale
 */
export function readOrder(book: PriceBook, request: PricingRequest): Order {
  const plan = book.plans.find(({ id }) => id === request.plan);
  if (plan === undefined) throw new Refusal(`there is no plan ${JSON.stringify(request.plan)}`);
  const quantity = checkQuantity(plan, request.quantity ?? plan.minQuantity);
  const months = request.termMonths;
  const term = months === undefined ? book.terms[0] : book.terms.find((each) => each.months === months);
  if (term === undefined) throw new Refusal(`there is no term of ${String(months)} months`);
  const addOns = (request.addOns ?? []).map((id) => findAddOn(book, plan, id));
  return {
    plan,
    quantity,
    term,
    items: [...planItems(plan, quantity), ...addOns.map((addOn) => addOnItem(addOn, plan, quantity))],
  };
}

/** Whether a plan is sold in that quantity. */
export function isForSale({ minQuantity, maxQuantity }: PlanOutline, quantity: number): boolean {
  return quantity >= minQuantity && (maxQuantity === undefined || quantity <= maxQuantity);
}

function checkQuantity(plan: Plan, quantity: number): number {
  if (isForSale(plan, quantity)) return quantity;
  const most = plan.maxQuantity === undefined ? '' : ` and at most ${plan.maxQuantity}`;
  throw new Refusal(`plan "${plan.id}" is sold from ${plan.minQuantity}${most}, not ${quantity}; choose another plan`);
}

function findAddOn(book: PriceBook, plan: Plan, id: string): AddOn {
  const addOn = book.addOns.find((each) => each.id === id);
  if (addOn === undefined) throw new Refusal(`there is no add-on ${JSON.stringify(id)}`);
  if (addOn.plans.length > 0 && !addOn.plans.includes(plan.id)) {
    throw new Refusal(`add-on "${id}" does not go with plan "${plan.id}"`);
  }
  return addOn;
}

function planItems(plan: Plan, quantity: number): OrderItem[] {
  return slices(plan, quantity).map((slice) => ({
    item: 'plan',
    id: plan.id,
    title: titleOf(plan),
    quantity: slice.quantity,
    unit: plan.unit,
    unitPrice: plan.price,
    period: plan.period,
    volumeDiscount: slice.discount,
    discountable: true,
  }));
}

/** A quantity cut along the bands it reaches; whole when the bands hold for all of it. */
function slices({ volume }: Plan, quantity: number): { quantity: number; discount: number }[] {
  const reached: Band[] = [{ from: 1, discount: 0 }, ...volume.bands].filter(({ from }) => from <= quantity);
  if (volume.mode === 'volume') return [{ quantity, discount: reached.at(-1)?.discount ?? 0 }];
  return reached
    .map(({ from, discount }, index) => ({ quantity: (reached[index + 1]?.from ?? quantity + 1) - from, discount }))
    .filter((slice) => slice.quantity > 0);
}

function addOnItem(addOn: AddOn, plan: Plan, quantity: number): OrderItem {
  return {
    item: 'add-on',
    id: addOn.id,
    title: titleOf(addOn),
    quantity: addOn.per === 'unit' ? quantity : 1,
    unit: addOn.per === 'unit' ? plan.unit : 'order',
    unitPrice: addOn.price,
    period: addOn.period,
    volumeDiscount: 0,
    discountable: addOn.discountable,
  };
}
