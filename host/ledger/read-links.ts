// The links of the ledger with their records.

import type { LedgerEntryRow, LedgerRepository, Recorded, RecordKind } from '#host/store';

/** A link, and its record as it is now. */
export interface LinkedRecord {
  readonly entry: LedgerEntryRow;
  readonly recorded: Recorded | undefined;
}

/** Every link in order of chain and place, from behind `after` on, some at a time. */
export async function* readLinks(
  ledger: LedgerRepository,
  after?: Pick<LedgerEntryRow, 'writer' | 'sequence'>,
  atOnce = 200,
): AsyncGenerator<LinkedRecord> {
  let last = after;
  for (;;) {
    const entries = await ledger.entries(last, atOnce);
    const records = await findRecords(ledger, entries);
    for (const entry of entries) yield { entry, recorded: records.get(keyOf(entry)) };
    last = entries.at(-1);
    if (entries.length < atOnce) return;
  }
}

async function findRecords(
  ledger: LedgerRepository,
  entries: readonly LedgerEntryRow[],
): Promise<ReadonlyMap<string, Recorded>> {
  const found = new Map<string, Recorded>();
  for (const group of Object.values(Object.groupBy(entries, ({ kind, tenant }) => `${kind} ${tenant}`))) {
    const [first] = group ?? [];
    if (first === undefined) continue;
    const subjects = (group ?? []).map(({ subject }) => subject);
    for (const recorded of await ledger.recorded(first.kind, first.tenant, subjects)) {
      found.set(keyOf(recorded), recorded);
    }
  }
  return found;
}

function keyOf({ kind, tenant, subject }: { kind: RecordKind; tenant: string; subject: string }): string {
  return JSON.stringify([kind, tenant, subject]);
}
