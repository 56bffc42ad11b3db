// Sends the probe behind the walls of one kind of child, and hears what came of it.

import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

import { bundlePrograms, bundleProbe, type Bubblewrap } from '../../programs.ts';
import { standardPlan, type CellPlan } from '../cell-plan.ts';
import type { LaunchPlan } from '../launch.ts';
import { CHILD_ENVIRONMENT, launcherCommand } from '../launcher-command.ts';
import { WORKSHOP_PLAN } from '../workshop-lane.ts';
import { placeBait } from './bait.ts';
import type { ProbeKind, ProbeReport } from './probe-contract.ts';

/** Whose walls, and which of them. */
export interface ProbeRequest {
  readonly kind: ProbeKind;
  /** Which of the launcher's walls are left out. @default none */
  readonly without?: LaunchPlan['without'];
  /** What it starts in. @default nothing */
  readonly bubblewrap?: Bubblewrap | undefined;
}

const LATEST_MS = 20_000;

/** No process has so large an id. */
const NOBODY = 0x40_0000;

const PLANS: Readonly<Record<ProbeKind, CellPlan>> = {
  'strict cell': standardPlan('strict'),
  'fast cell': standardPlan('fast'),
  workshop: WORKSHOP_PLAN,
};

/** Undefined when the probe did not come back: then no child would have come up either. */
export async function sendProbe(request: ProbeRequest): Promise<ProbeReport | undefined> {
  const { kind, without = [], bubblewrap } = request;
  const { dataBytes, profile } = PLANS[kind];
  const [{ launcher, readable }, probe] = await Promise.all([bundlePrograms(), bundleProbe()]);
  await using bait = await placeBait();
  const jit = profile === 'fast';
  const flags = [...(jit ? [] : ['--jitless']), '--no-warnings', '--input-type=commonjs', '-'];
  const plan = { ...bait.plan, hostPid: hostPidIn(bubblewrap) };
  const command = [process.execPath, ...flags, JSON.stringify(plan)];
  const launch = { command, dataBytes, readable, jit, without };
  const [path = '', ...args] = launcherCommand(launcher, launch, bubblewrap);
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

/** A host that is among the first of a namespace of its own, as in a container, has namesakes in bubblewrap's. */
function hostPidIn(bubblewrap: Bubblewrap | undefined): number {
  return bubblewrap !== undefined && process.pid < 10 ? NOBODY : process.pid;
}

async function readAll(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
