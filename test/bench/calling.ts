// The calling path through registry, jail and ledger, beside the floor of the same run.

import { LOCAL_PRINCIPAL } from '#host/base';
import type { App } from '../../host/app.ts';
import { runFloor } from './floor.ts';
import { inFlight } from './in-flight.ts';
import type { Measurement } from './measurement.ts';
import { median, percentile, timed } from './statistics.ts';
import { SUM } from './sum.ts';

const ROUNDS = 3;
const CALLS = 600;
const WARM_UP = 200;

/** Makes the tool that is called. */
export async function makeSum(app: App): Promise<void> {
  const { manifest, source } = SUM;
  await app.maker.create({ principal: LOCAL_PRINCIPAL, manifest, source });
}

/** Latency one at a time beside the floor, in alternating rounds; throughput at 16 and 64 in flight. */
export async function benchCalling(app: App): Promise<readonly Measurement[]> {
  await makeSum(app);
  const call = () => app.caller.call({ principal: LOCAL_PRINCIPAL, tool: SUM.manifest.name, input: SUM.input });
  for (let i = 0; i < WARM_UP; i += 1) await call();

  const ours: number[] = [];
  const inCell: number[] = [];
  const floor: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    floor.push(...(await runFloor(CALLS, WARM_UP)).times);
    for (let i = 0; i < CALLS; i += 1) ours.push(await timed(async () => inCell.push((await call()).bill.wallMs)));
  }
  const rows: Measurement[] = [
    {
      name: 'call, one at a time, p50',
      unit: 'ms',
      value: median(ours),
      against: { name: 'bare isolate', value: median(floor) },
      aim: 1.5,
    },
    { name: '  of its run, as its bill says', unit: 'ms', value: median(inCell) },
    {
      name: 'call, one at a time, p99',
      unit: 'ms',
      value: percentile(ours, 0.99),
      against: { name: 'bare isolate', value: percentile(floor, 0.99) },
    },
  ];
  for (const width of [16, 64]) rows.push(...(await benchInFlight(call, width)));
  return rows;
}

async function benchInFlight(call: () => Promise<unknown>, width: number): Promise<readonly Measurement[]> {
  const total = 3 * CALLS;
  const { times, elapsedMs } = await inFlight(call, width, total);
  return [
    { name: `calls, ${width} in flight`, unit: 'calls/s', value: (total / elapsedMs) * 1000 },
    { name: `call, ${width} in flight, p50`, unit: 'ms', value: median(times) },
    { name: `call, ${width} in flight, p99`, unit: 'ms', value: percentile(times, 0.99) },
  ];
}
