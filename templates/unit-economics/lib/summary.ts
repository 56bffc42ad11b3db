// The answer in a few sentences, for someone who reads nothing else.

import { Decimal } from 'glovebox';
import { type Currency, say } from './money.ts';
import type { UnitEconomics } from './types.ts';

/** "A customer brings USD 75.00 gross profit a month, …" */
export function summarise(result: Omit<UnitEconomics, 'summary'>, business: string | null, unit: Currency): string {
  const { acquisition, churn, ltv, ltvToCac, payback, revenue } = result;
  const money = (amount: string | null): string => (amount === null ? 'unknown' : say(new Decimal(amount), unit));
  const percent = (share: number): string => `${new Decimal(share).times(100).round(2).toString()} %`;
  const subject = business === null ? 'A customer' : `A customer of ${business}`;
  const parts = [
    `${subject} brings ${money(revenue.grossProfitMonthly)} gross profit a month (${money(revenue.arpaMonthly)} at ${percent(revenue.grossMargin)})`,
    `${percent(churn.monthly)} leave each month`,
    `expected lifetime value ${money(ltv.expected.amount)} over at most ${ltv.capYears} ${ltv.capYears === 1 ? 'year' : 'years'}`,
    ...(acquisition.blendedCac.amount === null ? [] : [`CAC ${money(acquisition.blendedCac.amount)}`]),
    ...(ltvToCac.value === null ? [] : [`LTV:CAC ${ltvToCac.value}`]),
    ...(acquisition.blendedCac.amount === null ? [] : [paybackText(payback.cohortMonth)]),
  ];
  return `${parts.join(', ')}.${warning(result)}`;
}

function paybackText({ value, reason }: UnitEconomics['payback']['cohortMonth']): string {
  return value === null ? `not paid back (${reason ?? 'unknown'})` : `paid back in month ${value}`;
}

function warning({ illustrative }: Pick<UnitEconomics, 'illustrative'>): string {
  return illustrative.length === 0 ? '' : ` Illustrative, to be replaced before quoting: ${illustrative.join(', ')}.`;
}
