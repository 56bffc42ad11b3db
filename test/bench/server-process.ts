// Servers as processes: a port to give them, waiting until they answer there, their end.

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** The command as it is installed. */
export const BIN = join(import.meta.dirname, '../../host/cli/bin.mjs');

const START_MS = 20_000;

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

/** Resolves when somebody listens; asks every other millisecond. */
export async function untilListening(port: number): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (!(await listens(port))) {
    if (Date.now() > deadline) throw new Error(`nobody listens on port ${port}`);
    await delay(2);
  }
}

/** Asks a server to end, and waits until it has. */
export async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
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
