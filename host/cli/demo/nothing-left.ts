// The end of the demo: no process of the jail runs any more.

import { setTimeout as delay } from 'node:timers/promises';
import { expect, type Showing } from './story.ts';

/** How long a killed process may take to be gone. */
const PATIENCE_MS = 2000;
const POLL_MS = 20;

/** Looks for processes that should have ended. @throws DEMO_FAILED when one is still there */
export async function checkNothingLeft(pids: readonly number[]): Promise<Showing> {
  for (let waited = 0; waited < PATIENCE_MS && pids.some(isThere); waited += POLL_MS) await delay(POLL_MS);
  const left = pids.filter(isThere);
  expect(left.length === 0, 'every jailed process to have ended', { left });
  return { text: `${pids.length} jailed processes have ended, and the home is gone.`, facts: { ended: pids.length } };
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
