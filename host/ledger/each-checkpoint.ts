// All checkpoints in their order, without holding more than a few, nor the event loop for long.

import { setImmediate as nextTurn } from 'node:timers/promises';

import type { LedgerCheckpointRow, LedgerRepository } from '#host/store';

// Some milliseconds of the event loop where each signature is checked.
const AT_ONCE = 50;

/** Every checkpoint above a number. @param after @default 0, which is before the first */
export async function* eachCheckpoint(ledger: LedgerRepository, after = 0): AsyncGenerator<LedgerCheckpointRow> {
  let number = after;
  for (;;) {
    const rows = await ledger.checkpoints(number, AT_ONCE);
    yield* rows;
    number = rows.at(-1)?.number ?? number;
    if (rows.length < AT_ONCE) return;
    await nextTurn();
  }
}
