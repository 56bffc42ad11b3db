// Drops the links of runs that retention took away, from the front of their chains, and leaves signed where each now begins.

import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Clock } from '#host/base';
import { EVENT_CHAIN, WHOLE_STORE, type ChainHead, type Store } from '#host/store';
import { LINKS_PRUNED } from './gaps.ts';
import { readLinks, type LinkedRecord } from './read-links.ts';
import { insertSignedEvent, type SignedStatement } from './signed-event.ts';

// Some milliseconds of the event loop.
const LINKS_AT_ONCE = 1000;
const LINKS_PER_PAGE = 50;
/** Chains of others may lie before one that can be shortened; where so many cannot, it is not worth looking on. */
const CHAINS_WITHOUT_GAIN = 5;

/** What there is to drop. */
type DropStore = Pick<Store, 'ledger' | 'keys' | 'transaction'>;

/**
 * Drops what it can. A chain keeps its links from the first one on whose record is still there.
 *
 * @param prunedUpTo by tenant, the newest run that a signed event lets go
 * @throws LEDGER_KEY_UNUSABLE, STORE_BUSY, STORE_FULL, STORE_FAILED
 */
export async function dropLinks(
  store: DropStore,
  clock: Clock,
  prunedUpTo: ReadonlyMap<string, string>,
): Promise<void> {
  for (;;) {
    const chains = await findGone(store, prunedUpTo);
    if (chains.length === 0) return;
    const statement: SignedStatement = { tenant: WHOLE_STORE, kind: LINKS_PRUNED, data: { chains } };
    await insertSignedEvent(store, clock, statement, async ({ ledger }) => {
      for (const head of chains) await ledger.dropLinks(head);
    });
    await nextTurn();
  }
}

/** Of the oldest chains, the last link that can go of each that has one. */
async function findGone(store: DropStore, prunedUpTo: ReadonlyMap<string, string>): Promise<readonly ChainHead[]> {
  const found: ChainHead[] = [];
  let after: string | undefined = EVENT_CHAIN;
  let links = 0;
  let withoutGain = 0;
  while (after !== undefined && links < LINKS_AT_ONCE && withoutGain < CHAINS_WITHOUT_GAIN) {
    const { writer, last, count }: GoneLinks = await findGoneBehind(store, after, prunedUpTo);
    if (last === undefined) withoutGain += 1;
    else found.push(last);
    links += count;
    after = writer;
  }
  return found;
}

interface GoneLinks {
  /** Of which chain; absent when there is no other. */
  readonly writer: string | undefined;
  readonly last: ChainHead | undefined;
  readonly count: number;
}

/** What can go of the chain behind `after`. */
async function findGoneBehind(
  { ledger }: DropStore,
  after: string,
  prunedUpTo: ReadonlyMap<string, string>,
): Promise<GoneLinks> {
  let writer: string | undefined;
  let last: ChainHead | undefined;
  let count = 0;
  for await (const link of readLinks(ledger, { writer: after, sequence: Number.MAX_SAFE_INTEGER }, LINKS_PER_PAGE)) {
    const { sequence, hash } = link.entry;
    writer ??= link.entry.writer;
    if (link.entry.writer !== writer || count === LINKS_AT_ONCE || !isGone(link, prunedUpTo)) break;
    last = { writer, sequence, hash };
    count += 1;
  }
  return { writer, last, count };
}

/** SECURITY: a record that is gone and was not pruned keeps its link: it is what `verify` finds. */
function isGone({ entry, recorded }: LinkedRecord, prunedUpTo: ReadonlyMap<string, string>): boolean {
  const { kind, tenant, subject } = entry;
  return kind === 'run' && recorded === undefined && subject <= (prunedUpTo.get(tenant) ?? '');
}
