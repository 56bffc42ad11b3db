// The calling path through registry, jail and ledger, beside the floor of the same run.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { text } from 'node:stream/consumers';

import { LOCAL_PRINCIPAL } from '#host/base';
import type { App } from '../../host/app.ts';
import { bundlePrograms } from '../../sandbox/programs.ts';
import type { FloorOrder } from './floor-isolate.ts';
import type { Measurement } from './measurement.ts';
import { median, percentile, timed } from './statistics.ts';

const ROUNDS = 3;
const CALLS = 600;
const WARM_UP = 200;
const FLOOR = new URL('./floor-isolate.ts', import.meta.url);
const SCRIPT = 'var tool = { default: { async run(input) { return { sum: input.a + input.b }; } } };';
const INPUT = { a: 1, b: 2 };

/** Makes the tool that is called. */
export async function makeSum(app: App): Promise<void> {
  const number = { type: 'number' };
  await app.maker.create({
    principal: LOCAL_PRINCIPAL,
    manifest: {
      name: 'sum',
      description: 'Adds two numbers.',
      inputSchema: { type: 'object', properties: { a: number, b: number }, required: ['a', 'b'] },
      outputSchema: { type: 'object', properties: { sum: number }, required: ['sum'] },
    },
    source: `import { defineTool } from 'glovebox';
export default defineTool({ async run(input: { a: number; b: number }) { return { sum: input.a + input.b }; } });`,
  });
}

/** Latency one at a time beside the floor, in alternating rounds; throughput at 16 and 64 in flight. */
export async function benchCalling(app: App): Promise<readonly Measurement[]> {
  const call = () => app.caller.call({ principal: LOCAL_PRINCIPAL, tool: 'sum', input: INPUT });
  for (let i = 0; i < WARM_UP; i += 1) await call();

  const ours: number[] = [];
  const floor: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    floor.push(...(await floorTimes()));
    for (let i = 0; i < CALLS; i += 1) ours.push(await timed(call));
  }
  const rows: Measurement[] = [
    {
      name: 'call, one at a time, p50',
      unit: 'ms',
      value: median(ours),
      against: { name: 'bare isolate', value: median(floor) },
      aim: 1.5,
    },
    {
      name: 'call, one at a time, p99',
      unit: 'ms',
      value: percentile(ours, 0.99),
      against: { name: 'bare isolate', value: percentile(floor, 0.99) },
    },
  ];
  for (const inFlight of [16, 64]) rows.push(...(await benchInFlight(call, inFlight)));
  return rows;
}

async function benchInFlight(call: () => Promise<unknown>, inFlight: number): Promise<readonly Measurement[]> {
  const times: number[] = [];
  const total = 3 * CALLS;
  let started = 0;
  const worker = async (): Promise<void> => {
    while (started < total) {
      started += 1;
      times.push(await timed(call));
    }
  };
  const elapsed = await timed(() => Promise.all(Array.from({ length: inFlight }, worker)));
  return [
    { name: `calls, ${inFlight} in flight`, unit: 'calls/s', value: (total / elapsed) * 1000 },
    { name: `call, ${inFlight} in flight, p50`, unit: 'ms', value: median(times) },
    { name: `call, ${inFlight} in flight, p99`, unit: 'ms', value: percentile(times, 0.99) },
  ];
}

async function floorTimes(): Promise<readonly number[]> {
  const { prelude, native } = await bundlePrograms();
  const program = stripTypeScriptTypes(readFileSync(FLOOR, 'utf8'));
  const flags = ['--jitless', '--no-warnings', '--input-type=module', '--eval', program];
  const child = spawn(process.execPath, flags, { stdio: ['pipe', 'pipe', 'inherit'] });
  // The first calls warm up, as ours did.
  const calls = CALLS + WARM_UP;
  const { isolatedVm } = native;
  const order: FloorOrder = { isolatedVm, prelude, script: SCRIPT, input: JSON.stringify(INPUT), calls };
  child.stdin.end(JSON.stringify(order));
  return (JSON.parse(await text(child.stdout)) as number[]).slice(WARM_UP);
}
