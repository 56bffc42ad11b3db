// What it costs to win a customer: by channel, over the paid channels, and all in all.

import { Decimal } from 'glovebox';
import type { Basis } from './basis.ts';
import { type Currency, type Money, ratio, round, sum, write } from './money.ts';
import { Refusal } from './refusal.ts';
import { type Fading, lifetimeMultiple } from './survival.ts';
import type { Amount, ChannelInput, ChannelResult, Input, UnitEconomics } from './types.ts';

/** Costs of winning customers. */
export interface Acquisition {
  /** All spend over all new customers, rounded as it is shown; undefined when nobody was won. */
  readonly blendedCac: Money | undefined;
  readonly shown: Omit<UnitEconomics['acquisition'], 'channels'>;
}

/** The lifetime of a customer whose channel says nothing about it. */
export interface Lifetime {
  readonly basis: Basis;
  readonly fading: Fading;
  /** Expected lifetime value as a multiple of the first month's gross profit. */
  readonly multiple: Decimal;
}

/** @throws Refusal when channels share a name, or spend has no channel to belong to */
export function acquisitionCosts({ channels = [], sharedSpend = 0 }: Input, unit: Currency): Acquisition {
  checkChannels(channels, sharedSpend);
  const paid = channels.filter(({ spend }) => spend > 0);
  const spend = totalSpend(channels).plus(sharedSpend);
  const newCustomers = countCustomers(channels);
  const blendedCac = newCustomers === 0 ? undefined : round(spend.div(newCustomers), unit);
  return {
    blendedCac,
    shown: {
      spend: write(spend, unit),
      sharedSpend: write(new Decimal(sharedSpend), unit),
      newCustomers,
      blendedCac: perCustomer(
        spend,
        newCustomers,
        'all spend, shared spend included / all new customers, unpaid ones included',
        unit,
      ),
      paidCac: perCustomer(
        totalSpend(paid),
        countCustomers(paid),
        'spend of paid channels / their new customers',
        unit,
      ),
    },
  };
}

/** Each channel with what its customers are worth. Shared spend is in no channel's CAC. */
export function channelResults({ channels = [] }: Input, lifetime: Lifetime, unit: Currency): readonly ChannelResult[] {
  const spend = totalSpend(channels);
  const customers = new Decimal(countCustomers(channels));
  return channels.map((channel) => {
    const cost = new Decimal(channel.spend);
    const profit = monthlyProfit(channel, lifetime.basis);
    const ltv = round(profit.times(multipleOf(channel, lifetime)), unit);
    const cac = channel.newCustomers === 0 ? undefined : round(cost.div(channel.newCustomers), unit);
    return {
      name: channel.name,
      spend: write(cost, unit),
      newCustomers: channel.newCustomers,
      spendShare: ratio(cost, spend, 4) ?? null,
      customerShare: ratio(new Decimal(channel.newCustomers), customers, 4) ?? null,
      cac: cac === undefined ? null : write(cac, unit),
      ltv: write(ltv, unit),
      ltvToCac: cac === undefined ? null : (ratio(ltv, cac, 2) ?? null),
      paybackMonths: cac === undefined ? null : (ratio(cac, profit, 1) ?? null),
    };
  });
}

function checkChannels(channels: readonly ChannelInput[], sharedSpend: number): void {
  const names = channels.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new Refusal(`channel ${JSON.stringify(twice)} is listed twice; add its numbers up`);
  if (channels.length === 0 && sharedSpend > 0) {
    throw new Refusal('sharedSpend won nobody: list channels with their newCustomers');
  }
}

function totalSpend(channels: readonly ChannelInput[]): Money {
  return sum(channels.map(({ spend }) => new Decimal(spend)));
}

function countCustomers(channels: readonly ChannelInput[]): number {
  return channels.reduce((total, { newCustomers }) => total + newCustomers, 0);
}

function perCustomer(spend: Money, customers: number, formula: string, unit: Currency): Amount {
  if (customers > 0) return { amount: write(spend.div(customers), unit), formula };
  return { amount: null, formula, reason: 'no new customers are given for this spend' };
}

function monthlyProfit({ arpaMonthly, grossMargin }: ChannelInput, { arpa, grossMargin: margin }: Basis): Money {
  return new Decimal(arpaMonthly ?? arpa.value).times(grossMargin ?? margin.value);
}

function multipleOf({ monthlyChurn }: ChannelInput, { basis, fading, multiple }: Lifetime): Decimal {
  if (monthlyChurn === undefined) return multiple;
  return lifetimeMultiple({ ...fading, churn: monthlyChurn }, basis.capYears.value * 12);
}
