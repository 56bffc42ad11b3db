// The chain of all that is rare: makings and events, of every process on the store. Its end is read under a lock.

import type { Kysely } from 'kysely';

import type { Database } from '../database.ts';
import type { Tables } from '../tables.ts';
import { emptyChain, link, type ChainRecord } from './record.ts';

/** Its name. Sorts before those of run chains, so that who reads the ledger in order knows of prunings first. */
export const EVENT_CHAIN = 'events';

/**
 * Links records in the transaction that wrote them. INVARIANT: the last thing a transaction does, since it makes others
 * wait: whoever holds the lock waits for nobody.
 */
export async function appendToEventChain(
  database: Pick<Database, 'holdLedger'>,
  db: Kysely<Tables>,
  records: readonly ChainRecord[],
): Promise<void> {
  if (records.length === 0) return;
  await database.holdLedger(db);
  await db
    .insertInto('ledger_writers')
    .values({ writer: EVENT_CHAIN, covered: 0 })
    .onConflict((conflict) => conflict.column('writer').doNothing())
    .execute();
  const head = await db
    .selectFrom('ledger_entries')
    .select(['writer', 'sequence', 'hash'])
    .where('writer', '=', EVENT_CHAIN)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  await db
    .insertInto('ledger_entries')
    .values(link(head ?? emptyChain(EVENT_CHAIN), records))
    .execute();
}
