// Runs the floor of a call in a process of its own, with the flags of an ordinary cell; see `sandbox/lane/child.ts`.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { text } from 'node:stream/consumers';

import { bundlePrograms } from '../../sandbox/programs.ts';
import type { FloorOrder, FloorReport } from './floor-isolate.ts';
import { SUM } from './sum.ts';

const PROGRAM = new URL('./floor-isolate.ts', import.meta.url);

/** Calls the trivial tool in a bare isolate, so many times after a warm-up. */
export async function runFloor(calls: number, warmUp: number): Promise<FloorReport> {
  const { prelude, native } = await bundlePrograms();
  const program = stripTypeScriptTypes(readFileSync(PROGRAM, 'utf8'));
  const flags = ['--jitless', '--max-semi-space-size=1', '--no-warnings', '--input-type=module', '--eval', program];
  const child = spawn(process.execPath, flags, { stdio: ['pipe', 'pipe', 'inherit'] });
  const { isolatedVm } = native;
  const input = JSON.stringify(SUM.input);
  const order: FloorOrder = { isolatedVm, prelude, script: SUM.script, input, calls, warmUp };
  child.stdin.end(JSON.stringify(order));
  return JSON.parse(await text(child.stdout)) as FloorReport;
}
