// One pass over all chains, link by link.

import { emptyChain, hashLink, type ChainHead, type LedgerEntryRow, type Recorded } from '#host/store';
import type { CoveredPoint, Coverage } from './coverage.ts';
import { ledgerBroken } from './ledger-broken.ts';
import { readPruning } from './pruning.ts';

/** What a pass has counted. */
export interface WalkTotals {
  readonly covered: number;
  readonly uncovered: number;
  readonly pruned: number;
  /** Runs and makings that are there, and have a link. */
  readonly sealed: number;
}

/** Takes links in order of chain and place; throws LEDGER_BROKEN at the first that is not right. */
export class ChainWalk {
  readonly #points: Coverage['points'];
  readonly #publicKey: string | undefined;
  readonly #chainsLeft: Set<string>;
  /** By tenant, the newest run that may be gone. */
  readonly #prunedUpTo = new Map<string, string>();
  readonly #totals = { covered: 0, uncovered: 0, pruned: 0, sealed: 0 };
  #head: ChainHead = emptyChain('');
  /** The points of the present chain that are still ahead. */
  #ahead: readonly CoveredPoint[] = [];
  /** The first link behind the last point that was right. */
  #sincePoint: LedgerEntryRow | undefined;

  constructor({ points, publicKey }: Omit<Coverage, 'checkpoints'>) {
    this.#points = points;
    this.#publicKey = publicKey;
    this.#chainsLeft = new Set(points.keys());
  }

  step(entry: LedgerEntryRow, recorded: Recorded | undefined): void {
    if (entry.writer !== this.#head.writer) this.#beginChain(entry.writer);
    checkLink(this.#head, entry);
    this.#checkRecord(entry, recorded);
    this.#head = entry;
    this.#sincePoint ??= entry;
    // Whatever lies before a point that is ahead is covered by it.
    this.#totals[this.#ahead.length > 0 ? 'covered' : 'uncovered'] += 1;
    this.#checkPoint(entry);
  }

  /** To be called after the last link. */
  end(): WalkTotals {
    this.#endChain();
    for (const writer of this.#chainsLeft) {
      this.#beginChain(writer);
      this.#endChain();
    }
    return this.#totals;
  }

  #beginChain(writer: string): void {
    this.#endChain();
    this.#head = emptyChain(writer);
    this.#ahead = this.#points.get(writer) ?? [];
    this.#sincePoint = undefined;
    this.#chainsLeft.delete(writer);
  }

  #endChain(): void {
    const [point] = this.#ahead;
    if (point === undefined) return;
    const { writer, sequence } = this.#head;
    throw ledgerBroken(
      'chain-cut',
      `chain ${writer} ends at link ${sequence}, and checkpoint ${point.checkpoint} saw link ${point.sequence}`,
      { writer, sequence: sequence + 1, checkpoint: point.checkpoint },
    );
  }

  #checkRecord(entry: LedgerEntryRow, recorded: Recorded | undefined): void {
    const { kind, tenant, subject, digest } = entry;
    if (recorded === undefined) {
      if (kind !== 'run' || subject > (this.#prunedUpTo.get(tenant) ?? '')) throw recordBroken('missing', entry);
      this.#totals.pruned += 1;
      return;
    }
    if (recorded.digest !== digest) throw recordBroken('changed', entry);
    if (kind !== 'event') this.#totals.sealed += 1;
    else this.#notePruning(tenant, recorded);
  }

  #notePruning(tenant: string, { row }: Recorded): void {
    if (!('event_id' in row) || this.#publicKey === undefined) return;
    const upTo = readPruning(row, this.#publicKey);
    if (upTo !== undefined && upTo > (this.#prunedUpTo.get(tenant) ?? '')) this.#prunedUpTo.set(tenant, upTo);
  }

  #checkPoint({ writer, sequence, hash, subject }: LedgerEntryRow): void {
    const [point] = this.#ahead;
    if (point?.sequence !== sequence) return;
    if (point.hash !== hash) {
      const from = this.#sincePoint?.subject ?? subject;
      throw ledgerBroken(
        'chain-rewritten',
        `checkpoint ${point.checkpoint} saw something else between ${from} and ${subject} than is there now`,
        { subject: from, upTo: subject, writer, checkpoint: point.checkpoint },
      );
    }
    this.#ahead = this.#ahead.slice(1);
    this.#sincePoint = undefined;
  }
}

function checkLink(head: ChainHead, entry: LedgerEntryRow): void {
  const { writer, sequence, kind, subject } = entry;
  const where = { kind, subject, writer };
  if (sequence !== head.sequence + 1) {
    const first = head.sequence + 1;
    throw ledgerBroken('links-missing', `chain ${writer} has no link ${first}, before that of ${kind} ${subject}`, {
      ...where,
      sequence: first,
    });
  }
  if (hashLink(head, entry) === entry.hash) return;
  throw ledgerBroken('link-changed', `the link of ${kind} ${subject} is not the one that was written at its place`, {
    ...where,
    sequence,
  });
}

function recordBroken(how: 'changed' | 'missing', { kind, subject, writer, sequence }: LedgerEntryRow): Error {
  const message = how === 'changed' ? 'is not what was recorded' : 'was recorded and is gone';
  return ledgerBroken(`record-${how}`, `${kind} ${subject} ${message}`, { kind, subject, writer, sequence });
}
