// How soon a cell is ready behind all walls, beside the same program started with none: what a warm spare hides.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Duplex } from 'node:stream';

import { standardPlan } from '../../sandbox/lane/cell-plan.ts';
import { spawnChild, untilReady } from '../../sandbox/lane/child.ts';
import { CHILD_ENVIRONMENT } from '../../sandbox/lane/launcher-command.ts';
import { openPrograms } from '../../sandbox/lane/wall/open-programs.ts';
import type { Programs } from '../../sandbox/programs.ts';
import { encodeFrame, WIRE_VERSION } from '../../sandbox/wire.ts';
import type { Measurement } from './measurement.ts';
import { median, timed } from './statistics.ts';

const ROUNDS = 9;

/** From spawn to ready, in turn. */
export async function benchCellStart(): Promise<readonly Measurement[]> {
  // The launcher exists on Linux alone.
  if (process.platform !== 'linux') return [];
  const programs = await openPrograms({ bubblewrap: 'never' });
  const inBubblewrap = await openPrograms();
  const command = await commandOfCell(programs);
  const plain: number[] = [];
  const walled: number[] = [];
  const wrapped: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    plain.push(await startPlain(command, programs));
    walled.push(await timed(async () => (await startCell(programs)).kill()));
    wrapped.push(await timed(async () => (await startCell(inBubblewrap)).kill()));
  }
  const against = { name: 'without launcher and walls', value: median(plain) };
  const row = (name: string, times: readonly number[]): Measurement => ({
    name: `${name}, spawn to ready, p50`,
    unit: 'ms',
    value: median(times),
    against,
    aim: 3,
  });
  return [row('cell', walled), ...(inBubblewrap.bubblewrap === undefined ? [] : [row('cell in bubblewrap', wrapped)])];
}

async function startCell(programs: Programs): Promise<ReturnType<typeof spawnChild>> {
  const cell = spawnChild({ kind: 'cell', ...standardPlan('strict'), programs });
  await untilReady(cell);
  return cell;
}

/** What a launcher becomes, as the kernel tells it. */
async function commandOfCell(programs: Programs): Promise<readonly string[]> {
  const cell = await startCell(programs);
  const command = readFileSync(`/proc/${cell.pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  cell.kill();
  return command;
}

async function startPlain([path = '', ...args]: readonly string[], programs: Programs): Promise<number> {
  const { cell, prelude, validatorRuntime } = programs;
  const startedAt = performance.now();
  const child = spawn(path, args, { cwd: '/', env: CHILD_ENVIRONMENT, stdio: ['pipe', 'ignore', 'ignore', 'pipe'] });
  const frames = child.stdio[3] as Duplex;
  child.stdin?.end(cell);
  const init = { type: 'init', wire: WIRE_VERSION, preludeBytes: Buffer.byteLength(prelude) };
  frames.write(encodeFrame(init, prelude, validatorRuntime));
  await once(frames, 'data');
  const ms = performance.now() - startedAt;
  child.kill('SIGKILL');
  return ms;
}
