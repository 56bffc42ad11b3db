// What a probe is to get at: a file, a folder, a socket and a port that its user may use, walls apart.

import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ProbePlan } from './probe-contract.ts';

/** Lies there until it is disposed. */
export interface Bait extends AsyncDisposable {
  readonly plan: ProbePlan;
}

/** Lays all of it out in a temporary folder. */
export async function placeBait(): Promise<Bait> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'glovebox-walls-'));
  stack.defer(() => rm(folder, { recursive: true }));
  const file = join(folder, 'secret');
  await writeFile(file, 'secret', { mode: 0o600 });
  const socketPath = join(folder, 'socket');
  await listen(stack, socketPath);
  const { port } = (await listen(stack, { host: '127.0.0.1', port: 0 })).address() as AddressInfo;
  const owned = stack.move();
  return {
    plan: { hostPid: process.pid, file, folder, socketPath, port },
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  };
}

async function listen(
  stack: AsyncDisposableStack,
  where: string | { readonly host: string; readonly port: number },
): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  stack.defer(() => void server.close());
  server.listen(where);
  await once(server, 'listening');
  return server;
}
