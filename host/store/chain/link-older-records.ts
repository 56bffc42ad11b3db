// Links for the records that were there before there were links: from then on whatever has none was put there past us.

import type { Kysely } from 'kysely';

import type { Tables } from '../tables.ts';
import { findRecords } from './find-records.ts';
import { findUnlinked, type Unlinked } from './find-unlinked.ts';
import { emptyChain, link, type ChainHead } from './record.ts';

const AT_ONCE = 200;

/** Puts them into a chain for each kind and tenant, oldest first. */
export async function linkOlderRecords(db: Kysely<Tables>): Promise<void> {
  const unlinked = await findUnlinked(db, Number.MAX_SAFE_INTEGER);
  // The names sort behind that of the events, which who reads in order has to know first.
  const chains = Object.groupBy(unlinked, ({ kind, tenant }) => `older_${kind}_${tenant}`);
  for (const [writer, rows = []] of Object.entries(chains)) await linkRows(db, writer, rows);
}

async function linkRows(db: Kysely<Tables>, writer: string, rows: readonly Unlinked[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  await db.insertInto('ledger_writers').values({ writer, covered: 0 }).execute();
  let head: ChainHead = emptyChain(writer);
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const subjects = rows.slice(from, from + AT_ONCE).map(({ subject }) => subject);
    const records = await findRecords(db, first.kind, first.tenant, subjects);
    const ordered = records.toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
    const entries = link(
      head,
      ordered.map(({ kind, tenant, subject, digest }) => ({ kind, tenant, subject, digest })),
    );
    await db.insertInto('ledger_entries').values(entries).execute();
    head = entries.at(-1) ?? head;
  }
}
