// How soon a server answers, beside the least that could: bare Node with koa.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import type { Measurement } from './measurement.ts';
import { BIN, freePort, stop, untilListening } from './server-process.ts';
import type { StartMarks } from './start-marks.ts';
import { median } from './statistics.ts';

const ROUNDS = 7;
const MARKS = new URL('start-marks.ts', import.meta.url).href;
const KOA = `import Koa from 'koa'; new Koa().use((ctx) => { ctx.body = 'ok'; }).listen(Number(process.argv[1]), '127.0.0.1');`;

/** A start: until the first answer, and where its time went. */
interface Start {
  readonly ms: number;
  readonly stages: Readonly<Record<'Node' | 'command' | 'doors' | 'store and socket', number>>;
}

/** From spawn to the first answer, in turn. */
export async function benchStart(): Promise<readonly Measurement[]> {
  const floor: number[] = [];
  const ours: number[] = [];
  const staged: Start[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    floor.push(await startKoa());
    ours.push((await startServe([])).ms);
    staged.push(await startServe(['--import', MARKS]));
  }
  const against = { name: 'bare koa', value: median(floor) };
  const names = ['Node', 'command', 'doors', 'store and socket'] as const;
  return [
    { name: 'serve, spawn to first answer, p50', unit: 'ms', value: median(ours), against, aim: 3 },
    ...names.map((name) => ({
      name: `  ${name}`,
      unit: 'ms' as const,
      value: median(staged.map(({ stages }) => stages[name])),
    })),
  ];
}

async function startKoa(): Promise<number> {
  const port = await freePort();
  // From the repository's own folder, where koa is found.
  const cwd = join(import.meta.dirname, '../..');
  const start = () =>
    spawn(process.execPath, ['--input-type=module', '--eval', KOA, String(port)], { cwd, stdio: 'ignore' });
  const { child, ms } = await answering(start, port, '/');
  await stop(child);
  return ms;
}

async function startServe(flags: readonly string[]): Promise<Start> {
  const port = await freePort();
  const home = mkdtempSync(join(tmpdir(), 'glovebox-bench-'));
  try {
    const args = [...flags, BIN, 'serve', '--port', String(port), '--home', home];
    const start = () => spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const { child, ms } = await answering(start, port, '/readyz');
    const [said] = await Promise.all([text(child.stderr), stop(child)]);
    return { ms, stages: stagesOf(said, ms) };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** From the marks in the last line the server wrote; without marks, nothing. */
function stagesOf(said: string, ms: number): Start['stages'] {
  const last = said.trimEnd().split('\n').at(-1) ?? '';
  const { program = 0, doors = 0, store = 0 } = (last.startsWith('{') ? JSON.parse(last) : {}) as StartMarks;
  return { Node: program, command: doors - program, doors: store - doors, 'store and socket': ms - store };
}

async function answering<Child extends ChildProcess>(
  start: () => Child,
  port: number,
  path: string,
): Promise<{ readonly child: Child; readonly ms: number }> {
  const startedAt = performance.now();
  const child = start();
  await untilListening(port);
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return { child, ms: performance.now() - startedAt };
}
