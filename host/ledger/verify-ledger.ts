// Compares every record with its link, every link with the one before it, and every chain with the checkpoints.

import { isCodedError } from '#sandbox';
import type { LedgerEntryRow, LedgerRepository, Recorded, RecordKind, Store } from '#host/store';
import { ChainWalk } from './chain-walk.ts';
import type { Checkpoint } from './checkpoint.ts';
import { readCoverage } from './coverage.ts';

/** A ledger that is what was written. */
export interface LedgerState {
  readonly checkpoints: number;
  /** Records with a link that is behind a checkpoint. */
  readonly covered: number;
  /** Records that no checkpoint covers yet: checked, but whoever can write the store could have changed them. */
  readonly uncovered: number;
  /** Runs that retention took away. */
  readonly pruned: number;
  /** Runs and makings without a link: from before the ledger had chains, or put there by somebody else. */
  readonly unsealed: number;
}

/** What is read. */
export type LedgerSource = Pick<Store, 'ledger' | 'keys'>;

/**
 * Verifies the ledger of a store that others may be using.
 *
 * @param against a checkpoint that was kept elsewhere: finds what was cut off or written anew since it was made, even by
 *   somebody who has the store's key
 * @throws LEDGER_BROKEN naming the first record that is not what was written (`data.problem`, `data.subject`)
 */
export async function verifyLedger(store: LedgerSource, against?: Checkpoint): Promise<LedgerState> {
  let missing: unknown;
  for (;;) {
    try {
      return await verifyOnce(store, against);
    } catch (error) {
      // A run that was pruned meanwhile may be missing where its pruning was not there yet to be read. The next pass reads
      // that first: what is missing then is missing.
      const run = missingRun(error);
      if (run === undefined || run === missing) throw error;
      missing = run;
    }
  }
}

function missingRun(error: unknown): unknown {
  if (!isCodedError(error) || error.data?.['problem'] !== 'record-missing') return undefined;
  return error.data['kind'] === 'run' ? error.data['subject'] : undefined;
}

async function verifyOnce(store: LedgerSource, against: Checkpoint | undefined): Promise<LedgerState> {
  const { checkpoints, ...coverage } = await readCoverage(store, against);
  // Before the links: a run that is recorded meanwhile then counts as one too many sealed, rather than as unsealed.
  const { runs, makings } = await store.ledger.count();
  const walk = new ChainWalk(coverage);
  for await (const { entry, recorded } of readLinks(store.ledger)) walk.step(entry, recorded);
  const { covered, uncovered, pruned, sealed } = walk.end();
  return { checkpoints, covered, uncovered, pruned, unsealed: Math.max(0, runs + makings - sealed) };
}

/** A link, and its record as it is now. */
export interface LinkedRecord {
  readonly entry: LedgerEntryRow;
  readonly recorded: Recorded | undefined;
}

const AT_ONCE = 200;

/** Every link in order of chain and place, some hundreds in memory at a time. */
export async function* readLinks(ledger: LedgerRepository): AsyncGenerator<LinkedRecord> {
  let last: LedgerEntryRow | undefined;
  for (;;) {
    const entries = await ledger.entries(last, AT_ONCE);
    const records = await findRecords(ledger, entries);
    for (const entry of entries) yield { entry, recorded: records.get(keyOf(entry)) };
    last = entries.at(-1);
    if (entries.length < AT_ONCE) return;
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
