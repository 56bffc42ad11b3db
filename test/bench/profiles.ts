// What a compiler gains and costs: the same tools called in both profiles, in alternating rounds.

import { LOCAL_PRINCIPAL } from '#host/base';
import type { App } from '../../host/app.ts';
import type { Measurement } from './measurement.ts';
import { median } from './statistics.ts';
import { SUM } from './sum.ts';

const ROUNDS = 5;
const SUMS = 200;
const LOOPS = 3;

/** Ten million steps of whole-number arithmetic. */
const LOOP = {
  manifest: {
    name: 'loop',
    description: 'Counts.',
    inputSchema: { type: 'object' },
    limits: { cpuMs: 10_000, wallMs: 20_000 },
  },
  source: `import { defineTool } from 'glovebox';
export default defineTool({ async run() {
  let sum = 0;
  for (let i = 0; i < 1e7; i += 1) sum = (sum * 31 + i) | 0;
  return { sum };
} });`,
  input: {},
} as const;

type BenchTool = typeof SUM | typeof LOOP;

/** A tool that computes and one that does next to nothing, on a host that allows `fast` beside one that does not. */
export async function benchProfiles(strict: App, fast: App): Promise<readonly Measurement[]> {
  return [
    await compare('ten million steps, fast, p50', LOOP, LOOPS, { strict, fast }),
    await compare('call, one at a time, fast, p50', SUM, SUMS, { strict, fast }),
  ];
}

async function compare(
  name: string,
  tool: BenchTool,
  calls: number,
  apps: Readonly<Record<'strict' | 'fast', App>>,
): Promise<Measurement> {
  const times = { strict: [] as number[], fast: [] as number[] };
  for (const app of Object.values(apps)) {
    await app.maker.create({ principal: LOCAL_PRINCIPAL, manifest: tool.manifest, source: tool.source });
    await callSome(app, tool, calls);
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const profile of ['strict', 'fast'] as const) {
      times[profile].push(...(await callSome(apps[profile], tool, calls)));
    }
  }
  return { name, unit: 'ms', value: median(times.fast), against: { name: 'strict', value: median(times.strict) } };
}

/** How long each call took. */
async function callSome({ caller }: App, { manifest, input }: BenchTool, calls: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    const startedAt = performance.now();
    const result = await caller.call({ principal: LOCAL_PRINCIPAL, tool: manifest.name, input });
    times.push(performance.now() - startedAt);
    if (!result.ok) throw new Error(`${manifest.name} failed: ${result.failure.message}`);
  }
  return times;
}
