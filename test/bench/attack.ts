// What honest calls notice of an attack: a steady load of which one call in twenty kills its cell or has to be killed,
// beside the same load without those, in turn. In the jail itself: in front of it quarantine would end the attack.

import { createSandbox, type Limits, type Sandbox, type ToolArtifact } from '#sandbox';
import { ABORTING, run, toolOf, UNINTERRUPTIBLE } from '../fixtures/jail/tools.ts';
import type { Measurement } from './measurement.ts';
import { median, percentile, timed } from './statistics.ts';

const ROUNDS = 3;
const ROUND_MS = 5000;
const CALLS_PER_SECOND = 40;
const KILLER_EVERY = 20;
const WARM_UP = 100;

const BENIGN = toolOf('benign', 'return { sum: input.a + input.b };');
const LIMITS: Partial<Limits> = { cpuMs: 200, wallMs: 500 };
const KILLERS: readonly ToolArtifact[] = [
  toolOf('loop', 'for (;;);'),
  toolOf('abort', ABORTING),
  toolOf('bomb', 'const all = []; for (;;) all.push(new Array(100_000).fill(all.length));'),
  toolOf('stuck', UNINTERRUPTIBLE),
];

/** How long honest calls took that succeeded, in milliseconds, and how many did not. */
interface Honest {
  readonly times: number[];
  failed: number;
}

/** Calls come at fixed moments, whether or not earlier ones have ended: who waits for an attacker is counted. */
export async function benchAttack(): Promise<readonly Measurement[]> {
  await using sandbox = createSandbox();
  for (let i = 0; i < WARM_UP; i += 1) await run(sandbox, BENIGN, { input: { a: 1, b: i } });
  const quiet: Honest = { times: [], failed: 0 };
  const attacked: Honest = { times: [], failed: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    await carryLoad(sandbox, quiet, false);
    await carryLoad(sandbox, attacked, true);
  }
  const beside = (read: (times: readonly number[]) => number) => ({
    value: read(attacked.times),
    against: { name: 'the same without attack', value: read(quiet.times) },
  });
  const calls = attacked.times.length + attacked.failed;
  return [
    { name: 'honest call under attack, p99', unit: 'ms', ...beside((times) => percentile(times, 0.99)), aim: 5 },
    { name: 'honest call under attack, p50', unit: 'ms', ...beside(median) },
    { name: 'honest calls under attack that succeed', unit: '%', value: (attacked.times.length / calls) * 100 },
  ];
}

async function carryLoad(sandbox: Sandbox, honest: Honest, isAttack: boolean): Promise<void> {
  const calls: Promise<void>[] = [];
  const total = (ROUND_MS / 1000) * CALLS_PER_SECOND;
  const startedAt = performance.now();
  for (let i = 0; i < total; i += 1) {
    await until(startedAt + (i * 1000) / CALLS_PER_SECOND);
    const killer = i % KILLER_EVERY === 0 ? KILLERS[(i / KILLER_EVERY) % KILLERS.length] : undefined;
    if (killer === undefined) calls.push(callHonestly(sandbox, honest));
    else if (isAttack) calls.push(run(sandbox, killer, { limits: LIMITS }).then(() => {}));
  }
  await Promise.all(calls);
}

async function callHonestly(sandbox: Sandbox, honest: Honest): Promise<void> {
  let isDone = false;
  const ms = await timed(async () => {
    isDone = await run(sandbox, BENIGN, { input: { a: 1, b: 2 } }).then(
      ({ ok }) => ok,
      () => false,
    );
  });
  if (isDone) honest.times.push(ms);
  else honest.failed += 1;
}

function until(at: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, at - performance.now())));
}
