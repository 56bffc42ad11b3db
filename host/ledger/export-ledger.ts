// The whole ledger as lines of JSON: checkpoints, then links with their records.

import type { LedgerRepository } from '#host/store';
import { readCheckpoint } from './checkpoint.ts';
import { readLinks } from './read-links.ts';

const CHECKPOINTS_AT_ONCE = 200;

/** One JSON text per checkpoint and per link, without line ends; holds a few hundred rows at a time. */
export async function* exportLedger(ledger: LedgerRepository): AsyncGenerator<string> {
  let number = 0;
  for (;;) {
    const rows = await ledger.checkpoints(number, CHECKPOINTS_AT_ONCE);
    for (const row of rows) yield JSON.stringify({ type: 'checkpoint', ...(readCheckpoint(row) ?? row) });
    number = rows.at(-1)?.number ?? number;
    if (rows.length < CHECKPOINTS_AT_ONCE) break;
  }
  for await (const { entry, recorded } of readLinks(ledger)) {
    yield JSON.stringify({ type: 'link', ...entry, record: recorded?.row ?? null });
  }
}
