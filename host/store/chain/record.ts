// What the ledger seals of a row, and how one link of a chain follows from the one before.
// INVARIANT: digests and hashes of released versions stay what they are; test/pins/ledger.test.ts holds them.

import { hash } from 'node:crypto';

import { canonicalJson } from '#host/base';
import type { LedgerEntryRow, LedgerEventRow, MakingRow, RunRow } from '../tables.ts';

/** The end of a chain: what the next link follows. */
export type ChainHead = Pick<LedgerEntryRow, 'writer' | 'sequence' | 'hash'>;

/** A row of the ledger as a link names it. */
export type ChainRecord = Pick<LedgerEntryRow, 'kind' | 'tenant' | 'subject' | 'digest'>;

/** Where a chain starts: before its first link. */
export function emptyChain(writer: string): ChainHead {
  return { writer, sequence: 0, hash: '0'.repeat(64) };
}

export function recordOfRun(row: RunRow): ChainRecord {
  return { kind: 'run', tenant: row.tenant, subject: row.run_id, digest: digestRow(row) };
}

export function recordOfMaking(row: MakingRow): ChainRecord {
  return { kind: 'making', tenant: row.tenant, subject: row.making_id, digest: digestRow(row) };
}

export function recordOfEvent(row: LedgerEventRow): ChainRecord {
  return { kind: 'event', tenant: row.tenant, subject: row.event_id, digest: digestRow(row) };
}

/** The hash of the link that seals `record` behind `previous`. */
export function hashLink(previous: ChainHead, { kind, tenant, subject, digest }: ChainRecord): string {
  // As JSON, so that no two different links read the same.
  const { writer, sequence } = previous;
  return hash('sha256', JSON.stringify([previous.hash, writer, sequence + 1, kind, tenant, subject, digest]));
}

/** The links of `records`, in order, behind the end of their chain. */
export function link(head: ChainHead, records: readonly ChainRecord[]): LedgerEntryRow[] {
  let end = head;
  return records.map((record) => {
    const entry = { ...record, writer: end.writer, sequence: end.sequence + 1, hash: hashLink(end, record) };
    end = entry;
    return entry;
  });
}

/**
 * Hex SHA-256 of a row's canonical JSON. Columns that are null are left out, so that the digest of an old row outlives
 * the columns that are added later.
 */
function digestRow(row: object): string {
  const present = Object.entries(row).filter(([, value]) => value !== null);
  // As the databases keep texts: half a surrogate pair becomes U+FFFD, and so does NUL on one of them.
  return hash('sha256', canonicalJson(Object.fromEntries(present.map(([name, value]) => [name, asKept(value)]))));
}

function asKept(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD').toWellFormed() : value;
}
