// The whole ledger as lines of JSON: checkpoints, then links with their records.

import type { LedgerRepository } from '#host/store';
import { readCheckpoint } from './checkpoint.ts';
import { eachCheckpoint } from './each-checkpoint.ts';
import { readLinks } from './read-links.ts';

/** One JSON text per checkpoint and per link, without line ends; holds a few hundred rows at a time. */
export async function* exportLedger(ledger: LedgerRepository): AsyncGenerator<string> {
  for await (const row of eachCheckpoint(ledger)) {
    yield JSON.stringify({ type: 'checkpoint', ...(readCheckpoint(row) ?? row) });
  }
  for await (const { entry, recorded } of readLinks(ledger)) {
    yield JSON.stringify({ type: 'link', ...entry, record: recorded?.row ?? null });
  }
}
