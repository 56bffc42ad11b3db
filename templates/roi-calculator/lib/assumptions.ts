// Every number a case rests on, once, with its origin.

import type { Driver } from './drivers.ts';
import type { Assumption, BusinessCase, Input, Setting, Source } from './types.ts';

/** A number that is the caller's, the context's or the template's. */
export interface Chosen {
  readonly value: number;
  readonly source: Source;
}

/** The caller's number, else the context's, else the template's. */
export function choose(input: number | undefined, context: number | null, fallback: number): Chosen {
  if (input !== undefined) return { value: input, source: 'input' };
  return context === null ? { value: fallback, source: 'default' } : { value: context, source: 'context' };
}

/** Lists the assumptions: those of the whole case first, then each factor with the drivers that use it. */
export function listAssumptions(
  input: Input,
  drivers: readonly Driver[],
  chosen: { readonly discountRate: Chosen; readonly years: Chosen },
): readonly Assumption[] {
  return [...caseAssumptions(input, chosen), ...factorAssumptions(drivers)];
}

/** Names of the numbers that nobody vouches for. */
export function illustrativeNames(assumptions: readonly Assumption[]): readonly string[] {
  return [...new Set(assumptions.filter(({ illustrative }) => illustrative).map(({ name }) => name))];
}

function caseAssumptions(
  input: Input,
  { discountRate, years }: { readonly discountRate: Chosen; readonly years: Chosen },
): readonly Assumption[] {
  const given = (name: keyof Input, title: string, unit: Assumption['unit']): readonly Assumption[] => {
    const value = input[name];
    if (typeof value !== 'number') return [];
    return [{ name, title, value, unit, source: 'input', illustrative: false, usedBy: [] }];
  };
  const whole = { usedBy: [] };
  return [
    { name: 'years', title: 'horizon', unit: 'years', illustrative: false, ...years, ...whole },
    {
      name: 'discountRate',
      title: 'discount rate',
      unit: 'ratio',
      illustrative: discountRate.source === 'default',
      ...discountRate,
      ...whole,
    },
    ...given('benefitGrowth', 'growth of the benefits per year', 'ratio'),
    ...given('costGrowth', 'growth of the annual cost per year', 'ratio'),
    ...given('taxRate', 'tax rate', 'ratio'),
    ...given('depreciationYears', 'write-off period of the investment', 'years'),
  ];
}

function factorAssumptions(drivers: readonly Driver[]): readonly Assumption[] {
  const found = new Map<string, Assumption>();
  for (const driver of drivers) {
    for (const factor of driver.factors) {
      const key = JSON.stringify([factor.name, factor.value, factor.source]);
      const usedBy = [...(found.get(key)?.usedBy ?? []), driver.name];
      found.set(key, { ...factor, usedBy });
    }
  }
  return [...found.values()];
}

/** Whether the tool has benchmarks of its own for the customer's industry. */
export function industryOf({ customer, pack }: Setting): BusinessCase['industry'] {
  return { requested: customer.industry, pack: pack.name, matched: pack.name !== 'general' };
}
