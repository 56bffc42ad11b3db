// How soon a server answers, beside the least that could: bare Node with koa.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { Measurement } from './measurement.ts';
import { median, timed } from './statistics.ts';

const ROUNDS = 7;
const BIN = join(import.meta.dirname, '../../host/cli/bin.mjs');
const KOA = `import Koa from 'koa'; new Koa().use((ctx) => { ctx.body = 'ok'; }).listen(Number(process.argv[1]), '127.0.0.1');`;

/** From spawn to the first answer, in turn. */
export async function benchStart(): Promise<readonly Measurement[]> {
  const ours: number[] = [];
  const floor: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    floor.push(await startKoa());
    ours.push(await startServe());
  }
  const against = { name: 'bare koa', value: median(floor) };
  return [{ name: 'serve, spawn to first answer, p50', unit: 'ms', value: median(ours), against, aim: 3 }];
}

async function startKoa(): Promise<number> {
  const port = await freePort();
  // From the repository's own folder, where koa is found.
  const cwd = join(import.meta.dirname, '../..');
  return answering(
    () => spawn(process.execPath, ['--input-type=module', '--eval', KOA, String(port)], { cwd, stdio: 'ignore' }),
    port,
    '/',
  );
}

async function startServe(): Promise<number> {
  const port = await freePort();
  const home = mkdtempSync(join(tmpdir(), 'glovebox-bench-'));
  try {
    return await answering(
      () => spawn(process.execPath, [BIN, 'serve', '--port', String(port), '--home', home], { stdio: 'ignore' }),
      port,
      '/healthz',
    );
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function answering(start: () => ChildProcess, port: number, path: string): Promise<number> {
  let child: ChildProcess | undefined;
  const elapsed = await timed(async () => {
    child = start();
    const deadline = Date.now() + 20_000;
    while (!(await listens(port)) && Date.now() < deadline) await delay(2);
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  });
  child?.kill('SIGTERM');
  if (child?.exitCode === null) await once(child, 'exit');
  return elapsed;
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}
