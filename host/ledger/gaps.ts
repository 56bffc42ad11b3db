// What the ledger says of what retention took away, under signatures: runs that may be missing, links that were dropped.

import type { ChainHead, EventKind, LedgerEventRow } from '#host/store';
import { readSignedEvent } from './signed-event.ts';
import { readRotation, type Succession } from './succession.ts';

/** The event of runs that go: `upTo` which of a tenant. */
export const RUNS_PRUNED = 'runs.pruned' satisfies EventKind;
/** The event of links that go: `chains`, and the last link of each that went. */
export const LINKS_PRUNED = 'links.pruned' satisfies EventKind;

/** Gathers what events excuse, in the order of their chain. */
export class Gaps {
  readonly #succession: Succession;
  /** Whose signature counts at the place of the chain that was reached. */
  #term = 0;
  readonly #prunedUpTo = new Map<string, string>();
  readonly #dropped = new Map<string, ChainHead>();

  constructor(succession: Succession) {
    this.#succession = succession;
  }

  note(row: LedgerEventRow): void {
    const publicKey = this.#succession[this.#term]?.publicKey;
    if (publicKey === undefined) return;
    const rotation = readRotation(row);
    if (rotation !== undefined && rotation.to === this.#succession[this.#term + 1]?.publicKey) this.#term += 1;
    const upTo = readPrunedRuns(row, publicKey);
    if (upTo !== undefined && upTo > (this.#prunedUpTo.get(row.tenant) ?? '')) this.#prunedUpTo.set(row.tenant, upTo);
    for (const head of readPrunedLinks(row, publicKey)) {
      if (head.sequence > (this.#dropped.get(head.writer)?.sequence ?? 0)) this.#dropped.set(head.writer, head);
    }
  }

  /** Whether a run may be missing. */
  hasRun(tenant: string, runId: string): boolean {
    return runId <= (this.#prunedUpTo.get(tenant) ?? '');
  }

  /** The last link of a chain that was dropped, with all before it. */
  droppedOf(writer: string): ChainHead | undefined {
    return this.#dropped.get(writer);
  }

  /** Every such link. */
  dropped(): readonly ChainHead[] {
    return [...this.#dropped.values()];
  }
}

/** The newest run that such an event lets go. */
export function readPrunedRuns(row: LedgerEventRow, publicKey: string): string | undefined {
  const upTo = readSignedEvent(row, RUNS_PRUNED, publicKey)?.['upTo'];
  return typeof upTo === 'string' ? upTo : undefined;
}

/** The links that such an event lets go: the last of each chain. */
export function readPrunedLinks(row: LedgerEventRow, publicKey: string): readonly ChainHead[] {
  const chains = readSignedEvent(row, LINKS_PRUNED, publicKey)?.['chains'];
  // What was signed with the key has the form in which it was signed.
  return Array.isArray(chains) ? (chains as ChainHead[]) : [];
}
