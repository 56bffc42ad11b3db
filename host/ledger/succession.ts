// Which key signed which checkpoints: a key names its successor in an event that both of them sign.

import { canonicalJson } from '#host/base';
import { WHOLE_STORE, type EventRepository, type LedgerEventRow } from '#host/store';
import { parseEventData } from './list-events.ts';
import { isSignedBy, type SigningKey } from './signing-key.ts';

/** One key made way for another. */
export interface Rotation {
  /** Public keys. */
  readonly from: string;
  readonly to: string;
  /** Number of the last checkpoint that `from` signed. */
  readonly after: number;
}

/** The keys of a ledger, oldest first; at least the present one. */
export type Succession = readonly KeyTerm[];

/** A key's time. */
export interface KeyTerm {
  readonly publicKey: string;
  /** Number of the last checkpoint it may have signed; infinite for the present key. */
  readonly lastCheckpoint: number;
}

const KIND = 'key.rotated';

/** What the event of a rotation says. */
export function signRotation(from: SigningKey, to: SigningKey, after: number): Readonly<Record<string, unknown>> {
  const rotation: Rotation = { from: from.publicKey, to: to.publicKey, after };
  const statement = statementOf(rotation);
  return { ...rotation, signature: from.sign(statement), accepted: to.sign(statement) };
}

/**
 * The rotation an event tells of; `undefined` of any other event.
 *
 * SECURITY: both keys sign. Without the old one's signature a new key could be set in its place, without the new one's a
 * false history be put before it; test/unit/host/ledger/rotate-key.test.ts holds both.
 */
export function readRotation({ kind, data }: Pick<LedgerEventRow, 'kind' | 'data'>): Rotation | undefined {
  if (kind !== KIND) return undefined;
  const { from, to, after, signature, accepted } = parseEventData(data);
  if (typeof from !== 'string' || typeof to !== 'string' || typeof after !== 'number') return undefined;
  const rotation = { from, to, after };
  const statement = statementOf(rotation);
  const isSigned = isSignedBy(from, statement, String(signature)) && isSignedBy(to, statement, String(accepted));
  return isSigned ? rotation : undefined;
}

/** The keys that led to the present one, back to the first. */
export async function readSuccession(events: EventRepository, publicKey: string): Promise<Succession> {
  const rows = await events.list(WHOLE_STORE, { kind: KIND, limit: MOST_ROTATIONS });
  const rotations = rows.map(readRotation).filter((rotation) => rotation !== undefined);
  const terms: KeyTerm[] = [{ publicKey, lastCheckpoint: Number.POSITIVE_INFINITY }];
  for (const { from, to, after } of rotations.toSorted((a, b) => b.after - a.after)) {
    const [next] = terms;
    if (next?.publicKey === to && after < next.lastCheckpoint)
      terms.unshift({ publicKey: from, lastCheckpoint: after });
  }
  return terms;
}

// One a day for 27 years.
const MOST_ROTATIONS = 10_000;

/** Whose signature checkpoint `number` has to bear. */
export function keyAt(succession: Succession, number: number): string | undefined {
  return succession.find(({ lastCheckpoint }) => number <= lastCheckpoint)?.publicKey;
}

function statementOf(rotation: Rotation): string {
  return canonicalJson({ kind: KIND, ...rotation });
}
