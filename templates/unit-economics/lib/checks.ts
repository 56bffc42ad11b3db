// The result against benchmarks: the context's own, or rules of thumb that nobody vouches for.

import type { Benchmark, Check, Metric, Setting } from './types.ts';

/** Compares every metric that has a value. */
export function checkBenchmarks(
  values: Readonly<Record<Metric, number | null>>,
  { benchmarks, ownBenchmarks }: Pick<Setting, 'benchmarks' | 'ownBenchmarks'>,
): readonly Check[] {
  return (Object.entries(benchmarks) as readonly [Metric, Benchmark][]).flatMap(
    ([metric, { title, aim, value: usual }]) => {
      const value = values[metric];
      if (value === null) return [];
      const own = ownBenchmarks[metric];
      const { value: benchmark, source = null } = typeof own === 'object' ? own : { value: own ?? usual };
      return [
        {
          metric,
          title,
          value,
          aim,
          benchmark,
          met: aim === 'at least' ? value >= benchmark : value <= benchmark,
          illustrative: own === undefined,
          source: source ?? (own === undefined ? null : 'context'),
        },
      ];
    },
  );
}
