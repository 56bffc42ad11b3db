// The floor of a call: bare isolated-vm in one process, a fresh context per call, the same prelude and V8 flags, and
// nothing else: no validators, no lanes, no ledger. Reads a FloorOrder from standard input, prints a FloorReport as JSON.
// `floor.ts` strips its types and runs it, since `--jitless` cannot.

import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

import type IVM from 'isolated-vm';

/** What to call, and how often. */
export interface FloorOrder {
  /** Path of isolated-vm. */
  readonly isolatedVm: string;
  readonly prelude: string;
  /** A compiled tool. */
  readonly script: string;
  /** JSON text. */
  readonly input: string;
  readonly calls: number;
  /** Calls before those that count. */
  readonly warmUp: number;
}

/** What it came to, in milliseconds. */
export interface FloorReport {
  readonly times: readonly number[];
  /** CPU time of one call. */
  readonly cpu: number;
}

const { isolatedVm, prelude, script, input, calls, warmUp } = JSON.parse(await text(process.stdin)) as FloorOrder;
const ivm = createRequire('/')(isolatedVm) as typeof IVM;
const isolate = new ivm.Isolate({ memoryLimit: 64 });
const preludeScript = await isolate.compileScript(prelude);
const factoryScript = await isolate.compileScript(`(function(){"use strict";${script}\nreturn tool;})`);
const budgets = { outputBytes: 1024 * 1024, logBytes: 1024, hostCalls: 10 };
const config = JSON.stringify({ clockMs: 0, seed: '0'.repeat(32), grants: [], context: 'null', ...budgets });

for (let i = 0; i < warmUp; i += 1) await call();
const times: number[] = [];
const cpuBefore = process.cpuUsage();
for (let i = 0; i < calls; i += 1) {
  const startedAt = performance.now();
  await call();
  times.push(performance.now() - startedAt);
}
const { user, system } = process.cpuUsage(cpuBefore);
const report: FloorReport = { times, cpu: (user + system) / 1000 / calls };
process.stdout.write(JSON.stringify(report));

async function call(): Promise<void> {
  const context = await isolate.createContext();
  const turn = await preludeScript.run(context, { reference: true });
  const factory = await factoryScript.run(context, { reference: true });
  const { promise, resolve } = Promise.withResolvers<string>();
  const post = (kind: string, said: string): void => {
    if (kind === 'done') resolve(said);
  };
  const callback = new ivm.Callback(post, { ignored: true });
  await turn.apply(undefined, ['start', callback, config, factory.derefInto(), input]);
  await promise;
  turn.release();
  factory.release();
  context.release();
}
