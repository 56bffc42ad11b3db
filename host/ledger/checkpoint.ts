// A checkpoint: where the chains ended at one moment, under a signature, behind the checkpoint before it.

import { isCodedError } from '#sandbox';
import { canonicalJson, hostError, sha256 } from '#host/base';
import type { ChainHead, LedgerCheckpointRow } from '#host/store';
import { isSignedBy, type SigningKey } from './signing-key.ts';

/** What a checkpoint says. */
export interface CheckpointBody {
  readonly format: typeof FORMAT;
  /** From 1, without gaps. */
  readonly number: number;
  /** Epoch milliseconds. */
  readonly at: number;
  /** SHA-256 of the body before it. */
  readonly previous: string;
  /** Ends of the chains that grew since then. */
  readonly heads: readonly ChainHead[];
  /** Whose signature it bears: Ed25519, base64 of its SPKI form. */
  readonly publicKey: string;
}

/** The same with its signature: what is kept elsewhere. */
export interface Checkpoint extends CheckpointBody {
  /** Ed25519 over the canonical JSON of all else, base64. */
  readonly signature: string;
}

const FORMAT = 'glovebox-checkpoint-1';

/** What the first one has for {@link CheckpointBody.previous}. */
export const NO_CHECKPOINT = '0'.repeat(64);

/** Signs what a checkpoint is to say. */
export function signCheckpoint(
  said: Omit<CheckpointBody, 'format' | 'publicKey'>,
  key: SigningKey,
): LedgerCheckpointRow {
  const body = canonicalJson({ ...said, format: FORMAT, publicKey: key.publicKey } satisfies CheckpointBody);
  return { number: said.number, body, signature: key.sign(body) };
}

/** SHA-256 of what a checkpoint says. */
export function hashCheckpoint({ body }: Pick<LedgerCheckpointRow, 'body'>): string {
  return sha256(body);
}

/** The checkpoint a row holds; `undefined` when it holds none. */
export function readCheckpoint({ body, signature }: LedgerCheckpointRow): Checkpoint | undefined {
  try {
    return parseCheckpoint({ ...(JSON.parse(body) as object), signature });
  } catch (error) {
    if (error instanceof SyntaxError || isCodedError(error)) return undefined;
    throw error;
  }
}

/** The row a checkpoint would be. */
export function toCheckpointRow({ signature, ...body }: Checkpoint): LedgerCheckpointRow {
  return { number: body.number, body: canonicalJson(body), signature };
}

/** A checkpoint from outside. @throws CHECKPOINT_INVALID when it is none, or its signature is not that of its key */
export function parseCheckpoint(value: unknown): Checkpoint {
  if (!isCheckpoint(value)) throw invalid('it is no checkpoint of a ledger');
  const { body, signature } = toCheckpointRow(value);
  if (!isSignedBy(value.publicKey, body, signature)) throw invalid('its signature does not fit what it says');
  return value;
}

function isCheckpoint(value: unknown): value is Checkpoint {
  if (typeof value !== 'object' || value === null) return false;
  const { format, number, at, previous, heads, publicKey, signature } = value as Record<string, unknown>;
  return (
    format === FORMAT &&
    [number, at].every(Number.isSafeInteger) &&
    [previous, publicKey, signature].every((text) => typeof text === 'string') &&
    Array.isArray(heads) &&
    heads.every(isHead)
  );
}

function isHead(value: unknown): value is ChainHead {
  if (typeof value !== 'object' || value === null) return false;
  const { writer, sequence, hash } = value as Record<string, unknown>;
  return typeof writer === 'string' && Number.isSafeInteger(sequence) && typeof hash === 'string';
}

function invalid(why: string): Error {
  return hostError(
    'CHECKPOINT_INVALID',
    `the checkpoint cannot be used: ${why}; give a file that ledger checkpoint wrote`,
  );
}
