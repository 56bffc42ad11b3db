// One pass over all chains, link by link.

import { emptyChain, hashLink, type ChainHead, type LedgerEntryRow, type Recorded } from '#host/store';
import type { CoveredPoint, Coverage } from './coverage.ts';
import type { Gaps } from './gaps.ts';
import { ledgerBroken } from './ledger-broken.ts';

/** What a pass has counted. */
export interface WalkTotals {
  readonly covered: number;
  readonly uncovered: number;
  readonly pruned: number;
}

/**
 * Takes links in order of chain and place; throws LEDGER_BROKEN at the first that is not right. What threw can be called
 * again once the gaps know more.
 */
export class ChainWalk {
  readonly #points: Coverage['points'];
  readonly #gaps: Gaps;
  readonly #begun = new Set<string>();
  readonly #totals = { covered: 0, uncovered: 0, pruned: 0 };
  #head: ChainHead = emptyChain('');
  /** The points of the present chain that are still ahead. */
  #ahead: readonly CoveredPoint[] = [];
  /** The first link behind the last point that was right. */
  #sincePoint: LedgerEntryRow | undefined;

  constructor(points: Coverage['points'], gaps: Gaps) {
    this.#points = points;
    this.#gaps = gaps;
  }

  step(entry: LedgerEntryRow, recorded: Recorded | undefined): void {
    if (entry.writer !== this.#head.writer) this.#beginChain(entry.writer);
    if (entry.sequence > this.#head.sequence + 1) this.#skipDropped(entry.sequence - 1);
    checkLink(this.#head, entry);
    this.#checkRecord(entry, recorded);
    const isPoint = this.#checkPoint(entry);
    // Whatever lies before a point that is ahead is covered by it.
    this.#totals[this.#ahead.length > 0 ? 'covered' : 'uncovered'] += 1;
    this.#head = entry;
    this.#sincePoint = isPoint ? undefined : (this.#sincePoint ?? entry);
    if (isPoint) this.#ahead = this.#ahead.slice(1);
  }

  /** To be called after the last link. */
  end(): WalkTotals {
    const known = new Set([...this.#points.keys(), ...this.#gaps.dropped().map(({ writer }) => writer)]);
    for (const writer of known.difference(this.#begun)) this.#beginChain(writer);
    this.#endChain();
    return this.#totals;
  }

  #beginChain(writer: string): void {
    this.#endChain();
    this.#head = emptyChain(writer);
    this.#ahead = this.#points.get(writer) ?? [];
    this.#sincePoint = undefined;
    this.#begun.add(writer);
  }

  #endChain(): void {
    const dropped = this.#gaps.droppedOf(this.#head.writer);
    if (dropped !== undefined && dropped.sequence > this.#head.sequence) this.#skipDropped(dropped.sequence);
    const [point] = this.#ahead;
    if (point === undefined) return;
    const { writer, sequence } = this.#head;
    throw ledgerBroken(
      'chain-cut',
      `chain ${writer} ends at link ${sequence}, and checkpoint ${point.checkpoint} saw link ${point.sequence}`,
      { writer, sequence: sequence + 1, checkpoint: point.checkpoint },
    );
  }

  /** Goes on behind link `upTo`, if all up to there were dropped. */
  #skipDropped(upTo: number): void {
    const dropped = this.#gaps.droppedOf(this.#head.writer);
    if (dropped?.sequence !== upTo) return;
    this.#totals.pruned += upTo - this.#head.sequence;
    this.#head = dropped;
    this.#ahead = this.#ahead.filter(({ sequence }) => sequence > upTo);
    this.#sincePoint = undefined;
  }

  #checkRecord(entry: LedgerEntryRow, recorded: Recorded | undefined): void {
    const { kind, tenant, subject, digest } = entry;
    if (recorded === undefined) {
      if (kind !== 'run' || !this.#gaps.hasRun(tenant, subject)) throw recordBroken('missing', entry);
      this.#totals.pruned += 1;
      return;
    }
    if (recorded.digest !== digest) throw recordBroken('changed', entry);
    if ('event_id' in recorded.row) this.#gaps.note(recorded.row);
  }

  /** Whether a checkpoint saw the chain end here. */
  #checkPoint({ writer, sequence, hash, subject }: LedgerEntryRow): boolean {
    const [point] = this.#ahead;
    if (point?.sequence !== sequence) return false;
    if (point.hash === hash) return true;
    const from = this.#sincePoint?.subject ?? subject;
    throw ledgerBroken(
      'chain-rewritten',
      `checkpoint ${point.checkpoint} saw something else between ${from} and ${subject} than is there now`,
      { subject: from, upTo: subject, writer, checkpoint: point.checkpoint },
    );
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
