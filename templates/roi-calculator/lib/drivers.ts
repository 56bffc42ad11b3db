// From what the caller says about benefits to value drivers with an amount for every year.

import { Decimal } from 'glovebox';
import { type FactorValue, findFactorValue, statedFacts } from './factor-values.ts';
import { scheduledAmounts, yearlyAmounts } from './growth.ts';
import type { Currency, Money } from './money.ts';
import { matchPainPoints } from './pain-points.ts';
import type { BenefitInput, BusinessCase, DriverModel, Input, Setting } from './types.ts';

/** A source of benefits, ready to be added up. */
export interface Driver {
  readonly name: string;
  readonly kind: string;
  readonly formula: string;
  /** What a full year brings before ramp-up and growth; undefined for a schedule. */
  readonly fullYear?: Money;
  /** Years 1 … n, rounded. */
  readonly amounts: readonly Money[];
  readonly factors: readonly FactorValue[];
}

type SkippedDriver = BusinessCase['skippedDrivers'][number];

/** The drivers of a case, and those that lack a number. */
export interface DriverPlan {
  readonly drivers: readonly Driver[];
  readonly skipped: readonly SkippedDriver[];
}

/** Works out every driver of the input; without explicit benefits those that answer the customer's pain points. */
export function planDrivers(input: Input, setting: Setting, years: number, unit: Currency): DriverPlan {
  const drivers: Driver[] = [];
  const skipped: SkippedDriver[] = [];
  for (const benefit of statedBenefits(input, setting)) {
    const source =
      benefit.kind === undefined ? explicitSource(benefit) : benchmarkSource(benefit.kind, benefit, input, setting);
    if ('missing' in source) skipped.push(source);
    else {
      const name = uniqueName(source.name, drivers);
      drivers.push({ ...source, name, amounts: amountsOf(source, benefit, input, { years, unit }) });
    }
  }
  return { drivers, skipped };
}

function statedBenefits(input: Input, setting: Setting): readonly BenefitInput[] {
  const annual = input.annualBenefit === undefined ? [] : [{ annualAmount: input.annualBenefit }];
  const explicit = [...annual, ...(input.benefits ?? [])];
  if (explicit.length > 0) return explicit;
  const answering = new Set(matchPainPoints(setting).flatMap(({ drivers }) => drivers));
  const kinds = answering.size > 0 ? [...answering] : kindsWithFacts(input, setting);
  return kinds.map((kind) => ({ kind }));
}

/** Without pain points to go by: every kind whose facts the input states. */
function kindsWithFacts(input: Input, setting: Setting): readonly string[] {
  const stated = statedFacts(input, setting);
  return Object.entries(setting.drivers)
    .filter(([, { factors }]) => factors.every((name) => setting.factors[name]?.fact !== true || stated.has(name)))
    .map(([kind]) => kind);
}

function explicitSource({ name, annualAmount, amounts }: BenefitInput): Omit<Driver, 'amounts'> {
  if (amounts !== undefined) {
    return { name: name ?? 'Scheduled benefit', kind: 'schedule', formula: 'amounts as given', factors: [] };
  }
  const fullYear = new Decimal(annualAmount ?? 0);
  return { name: name ?? 'Annual benefit', kind: 'annual', formula: 'annual amount as given', fullYear, factors: [] };
}

function benchmarkSource(
  kind: string,
  benefit: BenefitInput,
  input: Input,
  setting: Setting,
): Omit<Driver, 'amounts'> | SkippedDriver {
  const model = setting.drivers[kind];
  if (model === undefined) return { kind, title: kind, missing: [] };
  const values = model.factors.map((name) => findFactorValue(name, benefit, input, setting));
  const missing = model.factors.filter((_, index) => values[index] === undefined);
  if (missing.length > 0) return { kind, title: model.title, missing };
  const factors = values.filter((value) => value !== undefined);
  return {
    name: benefit.name ?? model.title,
    kind,
    formula: formula(model, setting),
    fullYear: product(model, factors),
    factors,
  };
}

function amountsOf(
  { fullYear }: Omit<Driver, 'amounts'>,
  benefit: BenefitInput,
  input: Input,
  { years, unit }: { readonly years: number; readonly unit: Currency },
): readonly Money[] {
  if (fullYear === undefined) return scheduledAmounts(benefit.amounts ?? [], years, unit);
  const rampUp = benefit.rampUp ?? input.rampUp ?? [];
  return yearlyAmounts(fullYear, { years, rampUp, growth: benefit.growth ?? input.benefitGrowth ?? 0 }, unit);
}

function product({ multiplier }: DriverModel, factors: readonly FactorValue[]): Money {
  return factors.reduce((amount, factor) => amount.times(factor.value), new Decimal(multiplier?.value ?? 1));
}

function formula({ factors, multiplier }: DriverModel, setting: Setting): string {
  const titles = factors.map((name) => setting.factors[name]?.title ?? name);
  return [...titles, ...(multiplier === undefined ? [] : [multiplier.title])].join(' × ');
}

function uniqueName(name: string, drivers: readonly Driver[]): string {
  const taken = new Set(drivers.map((driver) => driver.name));
  let unique = name;
  for (let count = 2; taken.has(unique); count += 1) unique = `${name} (${count})`;
  return unique;
}
