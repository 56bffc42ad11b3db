// Where the number behind a factor comes from: the caller first, then the tool's maker, then the industry's benchmarks.

import { headcount } from './company-size.ts';
import type { Assumption, BenefitInput, Benchmark, Input, Setting } from './types.ts';

/** A factor's value with its origin: an assumption that is not yet tied to drivers. */
export type FactorValue = Omit<Assumption, 'usedBy'>;

// The packs' amounts of money are in this currency and say nothing about another.
const BENCHMARK_CURRENCY = 'USD';

/** The value of a factor, or undefined when nobody knows it. */
export function findFactorValue(
  name: string,
  benefit: BenefitInput,
  input: Input,
  setting: Setting,
): FactorValue | undefined {
  return (
    fromInput(name, benefit, input, setting) ??
    fromContext(name, setting) ??
    fromBenchmark(name, setting) ??
    fromSize(name, setting)
  );
}

/** The facts that the input states, by name. */
export function statedFacts(input: Input, setting: Setting): ReadonlyMap<string, number> {
  const entries = Object.entries(input).filter(([name]) => setting.factors[name]?.fact === true);
  return new Map(entries as [string, number][]);
}

function fromInput(name: string, benefit: BenefitInput, input: Input, setting: Setting): FactorValue | undefined {
  const value = benefit.values?.[name] ?? statedFacts(input, setting).get(name) ?? input.assumptions?.[name];
  return value === undefined ? undefined : { ...describe(name, setting), value, source: 'input', illustrative: false };
}

function fromContext(name: string, setting: Setting): FactorValue | undefined {
  const override = setting.overrides[name];
  if (override === undefined) return undefined;
  const { value, source } = typeof override === 'number' ? { value: override } : override;
  const known = { ...describe(name, setting), value, source: 'context', illustrative: false } as const;
  return source === undefined ? known : { ...known, note: source };
}

function fromBenchmark(name: string, setting: Setting): FactorValue | undefined {
  if (setting.factors[name]?.unit === 'money' && setting.currency !== BENCHMARK_CURRENCY) return undefined;
  const own: Benchmark | undefined = setting.packBenchmarks[name];
  const benchmark = own ?? setting.generalBenchmarks[name];
  if (benchmark === undefined) return undefined;
  const pack = own === undefined ? 'general' : setting.pack.title;
  return { ...describe(name, setting), source: 'benchmark', note: `${pack} benchmarks`, ...benchmark };
}

function fromSize(name: string, setting: Setting): FactorValue | undefined {
  const { size } = setting.customer;
  const value = name === 'employees' ? headcount(size) : undefined;
  if (size === undefined || value === undefined) return undefined;
  const note = `read from the customer's size, ${size}`;
  return { ...describe(name, setting), value, source: 'estimate', illustrative: true, note };
}

function describe(name: string, setting: Setting): Pick<Assumption, 'name' | 'title' | 'unit'> {
  const model = setting.factors[name];
  return { name, title: model?.title ?? name, unit: model?.unit ?? 'count' };
}
