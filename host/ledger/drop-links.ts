// Drops the links of runs that retention took away, from the front of their chains, and leaves signed where each now begins.

import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Clock } from '#host/base';
import { emptyChain, EVENT_CHAIN, hashLink, WHOLE_STORE, type ChainHead, type Store } from '#host/store';
import { findSeen } from './find-seen.ts';
import { LINKS_PRUNED, readPrunedLinks } from './gaps.ts';
import { readLinks, type LinkedRecord } from './read-links.ts';
import { insertSignedEvent, type SignedStatement } from './signed-event.ts';
import { findPublicKey } from './stored-key.ts';

const LINKS_AT_ONCE = 10_000;
const LINKS_PER_PAGE = 50;
// Some milliseconds of the event loop.
const LINKS_PER_TURN = 200;
/** Chains of others may lie before one that can be shortened; where so many cannot, it is not worth looking on. */
const CHAINS_WITHOUT_GAIN = 5;
// One for each thousand runs or so: a chain is shortened again much sooner.
const EVENTS_TO_LOOK_AT = 1000;

/** What there is to drop. */
type DropStore = Pick<Store, 'ledger' | 'keys' | 'events' | 'transaction'>;

/**
 * Drops what it can. A chain keeps its links from the first one on whose record is still there, and those that no
 * checkpoint covers yet.
 *
 * @param prunedUpTo by tenant, the newest run that a signed event lets go
 * @throws LEDGER_KEY_UNUSABLE, STORE_BUSY, STORE_FULL, STORE_FAILED
 */
export async function dropLinks(
  store: DropStore,
  clock: Clock,
  prunedUpTo: ReadonlyMap<string, string>,
): Promise<void> {
  let after: string | undefined = EVENT_CHAIN;
  while (after !== undefined) {
    const { chains, reached }: Gone = await findGone(store, after, prunedUpTo);
    if (chains.length === 0) {
      after = reached;
      continue;
    }
    const statement: SignedStatement = { tenant: WHOLE_STORE, kind: LINKS_PRUNED, data: { chains } };
    await insertSignedEvent(store, clock, statement, async ({ ledger }) => {
      for (const head of chains) await ledger.dropLinks(head);
    });
    await nextTurn();
  }
}

interface Gone {
  /** The last link that can go of each chain that has one. */
  readonly chains: readonly ChainHead[];
  /** Behind which chain there may be more; absent when it is not worth looking on. */
  readonly reached: string | undefined;
}

/**
 * What can go of the oldest chains behind `after`.
 *
 * SECURITY: what is signed here excuses what is gone. So a link goes when each before it follows from where the chain is
 * known to begin, and it leads to one that a checkpoint saw: a forged one does not.
 * test/unit/host/ledger/verify-ledger.test.ts holds it.
 */
async function findGone(store: DropStore, after: string, prunedUpTo: ReadonlyMap<string, string>): Promise<Gone> {
  const fronts: Front[] = [];
  let reached: string | undefined = after;
  let links = 0;
  let withoutGain = 0;
  while (reached !== undefined && links < LINKS_AT_ONCE && withoutGain < CHAINS_WITHOUT_GAIN) {
    const front: Front = await readFront(store, reached, prunedUpTo);
    if (front.gone === 0) withoutGain += 1;
    fronts.push(front);
    links += front.links.length;
    reached = front.writer;
  }
  const seen = await findSeen(
    store,
    fronts.flatMap((front) => front.links),
  );
  const chains = fronts.flatMap(({ links: found, gone }) => {
    const last = found.slice(0, gone).findLast(({ writer, sequence }) => sequence <= (seen.get(writer) ?? 0));
    return last === undefined ? [] : [last];
  });
  return { chains, reached: withoutGain < CHAINS_WITHOUT_GAIN ? reached : undefined };
}

/** How a chain begins: links that follow from one another. */
interface Front {
  /** Of which chain; absent when there is no other. */
  readonly writer: string | undefined;
  /** None when the first one's record is still there, or it is not known what that one follows. */
  readonly links: readonly ChainHead[];
  /** How many of them, from the first on, are of runs that went. */
  readonly gone: number;
}

/** That of the chain behind `after`. */
async function readFront(store: DropStore, after: string, prunedUpTo: ReadonlyMap<string, string>): Promise<Front> {
  const links: ChainHead[] = [];
  let writer: string | undefined;
  let gone = 0;
  let head: ChainHead | undefined;
  const behind = { writer: after, sequence: Number.MAX_SAFE_INTEGER };
  for await (const link of readLinks(store.ledger, behind, LINKS_PER_PAGE)) {
    const { sequence, hash } = link.entry;
    writer ??= link.entry.writer;
    if (link.entry.writer !== writer || links.length === LINKS_AT_ONCE) break;
    if (gone === links.length && isGone(link, prunedUpTo)) gone += 1;
    if (gone === 0) break;
    head ??= await findBeginning(store, link.entry);
    if (head === undefined || sequence !== head.sequence + 1 || hash !== hashLink(head, link.entry)) break;
    head = { writer, sequence, hash };
    links.push(head);
    if (links.length % LINKS_PER_TURN === 0) await nextTurn();
  }
  return { writer, links, gone };
}

/** What the first link of a chain that is left follows, if that is known. */
async function findBeginning(
  { keys, events }: DropStore,
  { writer, sequence }: ChainHead,
): Promise<ChainHead | undefined> {
  if (sequence === 1) return emptyChain(writer);
  const publicKey = await findPublicKey(keys);
  if (publicKey === undefined) return undefined;
  for (const row of await events.list(WHOLE_STORE, { kind: LINKS_PRUNED, limit: EVENTS_TO_LOOK_AT })) {
    // Most tell of other chains, and a signature takes its time.
    const dropped = row.data.includes(writer) ? readPrunedLinks(row, publicKey) : [];
    const head = dropped.find((each) => each.writer === writer && each.sequence === sequence - 1);
    if (head !== undefined) return head;
  }
  return undefined;
}

/** SECURITY: a record that is gone and was not pruned keeps its link: it is what `verify` finds. */
function isGone({ entry, recorded }: LinkedRecord, prunedUpTo: ReadonlyMap<string, string>): boolean {
  const { kind, tenant, subject } = entry;
  return kind === 'run' && recorded === undefined && subject <= (prunedUpTo.get(tenant) ?? '');
}
