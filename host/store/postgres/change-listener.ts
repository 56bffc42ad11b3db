// How hosts on one PostgreSQL notice each other: LISTEN on a connection of its own, which is made again when it breaks.

import { setTimeout as sleep } from 'node:timers/promises';

import type { ClientConfig } from 'pg';

import { SafeClient } from './safe-client.ts';

/** What committed changes are announced on, by every store of the database: a look too many costs little. */
export const CHANNEL = 'glovebox_changes';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 500;
/** How often a connection that says nothing is asked whether it is still there, and how long it may take to answer. */
const HEARTBEAT_MS = 5_000;

/**
 * Calls `look` after every announcement, and after every time it begins to listen: what was announced meanwhile was
 * missed. Goes on until disposed.
 */
export function listenForChanges(settings: ClientConfig, look: () => void): Disposable {
  const stop = new AbortController();
  void listenAgainAndAgain(settings, look, stop.signal);
  return { [Symbol.dispose]: () => stop.abort() };
}

async function listenAgainAndAgain(settings: ClientConfig, look: () => void, signal: AbortSignal): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    const hadListened = await listen(settings, look, signal);
    pauseMs = hadListened ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** Until the connection breaks or the signal fires; whether there was one. */
async function listen(settings: ClientConfig, look: () => void, signal: AbortSignal): Promise<boolean> {
  let listening = false;
  const client = new SafeClient({ ...settings, query_timeout: HEARTBEAT_MS });
  // Without a listener an error would end the process; that the connection broke shows in the next statement.
  client.on('error', () => undefined);
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  client.on('end', resolve);
  try {
    await client.connect();
    client.on('notification', look);
    await client.query(`listen ${CHANNEL}`);
    signal.throwIfAborted();
    listening = true;
    look();
    while (!signal.aborted) {
      await Promise.race([ended, sleep(HEARTBEAT_MS, undefined, { signal, ref: false })]);
      await client.query('select 1');
    }
  } catch {
    // Broken, or told to stop. The next one listens again.
  } finally {
    await client.end().catch(() => undefined);
  }
  return listening;
}
