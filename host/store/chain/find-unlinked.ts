// Rows of the ledger that no link seals. Every row is written together with its link: one without was put there past us.

import { sql, type Kysely } from 'kysely';

import type { LedgerEntryRow, Tables } from '../tables.ts';

/** A row without a link. */
export type Unlinked = Pick<LedgerEntryRow, 'kind' | 'tenant' | 'subject'>;

/** The oldest such rows, up to `limit` of each kind. Reads all rows and links. */
export async function findUnlinked(db: Kysely<Tables>, limit: number): Promise<readonly Unlinked[]> {
  const found: Unlinked[] = [];
  for (const { kind, table, id } of SEALED) {
    const { rows } = await sql<{ readonly tenant: string; readonly subject: string }>`
      select rows.tenant as tenant, rows.${sql.ref(id)} as subject
      from ${sql.table(table)} as rows
      left join ledger_entries as links
        on links.tenant = rows.tenant and links.subject = rows.${sql.ref(id)} and links.kind = ${kind}
      where links.writer is null
      order by 2
      limit ${limit}`.execute(db);
    found.push(...rows.map(({ tenant, subject }) => ({ kind, tenant, subject })));
  }
  return found;
}

const SEALED = [
  { kind: 'making', table: 'makings', id: 'making_id' },
  { kind: 'event', table: 'ledger_events', id: 'event_id' },
  { kind: 'run', table: 'runs', id: 'run_id' },
] as const satisfies readonly { readonly kind: LedgerEntryRow['kind']; readonly table: string; readonly id: string }[];
