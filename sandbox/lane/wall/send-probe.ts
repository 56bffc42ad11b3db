// Sends the probe behind the walls of one kind of child, and hears what came of it.

import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

import { bundlePrograms, bundleProbe } from '../../programs.ts';
import { dataBytesFor } from '../cell-size.ts';
import type { LaunchPlan } from '../launch.ts';
import { CHILD_ENVIRONMENT, launcherCommand } from '../launcher-command.ts';
import { WORKSHOP_DATA_BYTES } from '../workshop-lane.ts';
import { placeBait } from './bait.ts';
import type { ProbeReport } from './probe-contract.ts';

/** Whose walls, and which of them are left out. */
export interface ProbeRequest {
  readonly kind: 'cell' | 'workshop';
  /** @default none */
  readonly without?: LaunchPlan['without'];
}

const LATEST_MS = 20_000;

/** Undefined when the probe did not come back: then no child would have come up either. */
export async function sendProbe({ kind, without = [] }: ProbeRequest): Promise<ProbeReport | undefined> {
  const [{ launcher, readable }, probe] = await Promise.all([bundlePrograms(), bundleProbe()]);
  await using bait = await placeBait();
  const jit = kind === 'workshop';
  const flags = [...(jit ? [] : ['--jitless']), '--no-warnings', '--input-type=commonjs', '-'];
  const command = [process.execPath, ...flags, JSON.stringify(bait.plan)];
  const dataBytes = jit ? WORKSHOP_DATA_BYTES : dataBytesFor(0);
  const [path = '', ...args] = launcherCommand(launcher, { command, dataBytes, readable, jit, without });
  const child = spawn(path, args, {
    cwd: '/',
    env: CHILD_ENVIRONMENT,
    stdio: ['pipe', 'pipe', 'ignore', 'pipe'],
    timeout: LATEST_MS,
    killSignal: 'SIGKILL',
  });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) return undefined;
  // Where nothing starts there is nothing to hear either.
  for (const part of [child, stdin]) part.on('error', () => {});
  stdin.end(probe);
  const lines = (await readAll(stdout)).trim().split('\n');
  const last = lines.at(-1);
  return last === undefined || last === '' ? undefined : (JSON.parse(last) as ProbeReport);
}

async function readAll(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
