// What happened: one row per making and per run, written before the reply.

import type { Bill, ClientFeatures, ContentPart, Failure, JournalEntry, Limits, LogLine, WaitingCall } from '#sandbox';
import type { LedgerBytes, TenantId } from '#host/base';

/**
 * What a record holds, as a number: it goes up whenever a run can no longer be understood from what was written before.
 * 1: neither engine nor content, and an absent journal may have been too large to keep. 2: both, and every digest.
 */
export const RECORD_FORMAT = 2;

/** A policy under which not all is kept. */
export type ReducedBytes = Exclude<LedgerBytes, 'full'>;

/** One execution of one version. */
export interface RunRecord {
  /** By which rules it was written: see {@link RECORD_FORMAT}. */
  readonly format: number;
  readonly runId: string;
  readonly tenant: TenantId;
  readonly principal: string;
  readonly tool: string;
  readonly version: number;
  readonly digest: string;
  readonly startedAt: number;
  /** SHA-256 of the JSON text. */
  readonly inputDigest: string;
  readonly outputDigest?: string;
  readonly seed: string;
  readonly clockMs: number;
  readonly limits: Limits;
  /** `suspended`: it ended because it waits for its client, and a later run continues it. */
  readonly verdict: 'ok' | 'failed' | 'suspended';
  readonly failure?: Failure;
  readonly bill: Bill;
  readonly logs: readonly LogLine[];
  /** Under which policy it was written; absent: all that is within retention was kept. */
  readonly bytes?: ReducedBytes;
  /** Of what was reduced, as it was: SHA-256 of its JSON text. There when there was any. */
  readonly failureDigest?: string;
  readonly logsDigest?: string;
  readonly waitingDigest?: string;
  /** The texts themselves, within retention: absent when larger than 64 KiB. */
  readonly input?: string;
  readonly output?: string;
  /** What it ran on: see `ENGINE`. */
  readonly engine?: string;
  /** The content parts beside the output, within retention; the digest, of their JSON text, is there whenever they were. */
  readonly content?: readonly ContentPart[];
  readonly contentDigest?: string;
  /** The answers it got from the host, in order, within retention; the digest is there whenever it had any. */
  readonly journal?: readonly JournalEntry[];
  readonly journalDigest?: string;
  /** What it was suspended for, within retention. */
  readonly waiting?: readonly WaitingCall[];
  /** The suspended run this one took up again. */
  readonly continues?: string;
  /** What the client behind it could do when the call began; absent where there was none to ask. */
  readonly client?: ClientFeatures;
}

/** One attempt to make a version. */
export interface MakingRecord {
  readonly makingId: string;
  readonly tenant: TenantId;
  readonly principal: string;
  readonly startedAt: number;
  readonly wallMs: number;
  readonly lineage: string;
  readonly verdict: 'published' | 'unchanged' | 'failed';
  readonly tool?: string;
  readonly version?: number;
  readonly digest?: string;
  readonly failure?: Failure;
  /** SHA-256 of the context or source it started from. */
  readonly inputDigest: string;
  /** The making report, as the caller got it. */
  readonly report: readonly unknown[];
}

/** Which runs to list. */
export interface RunsQuery {
  readonly tool?: string;
  readonly verdict?: RunRecord['verdict'];
  readonly principal?: string;
  /** Started at or after, and before: epoch milliseconds. */
  readonly since?: number;
  readonly until?: number;
  /** Only runs older than this one: the last of the page before. */
  readonly olderThan?: string;
  /** @default 50 */
  readonly limit?: number;
}

/** The book of what happened. A promise resolves once its row survives the death of this process. */
export interface Ledger {
  /** @throws STORE_BUSY, STORE_FULL, STORE_FAILED */
  recordRun(record: RunRecord): Promise<void>;
  /** @throws STORE_BUSY, STORE_FULL, STORE_FAILED */
  recordMaking(record: MakingRecord): Promise<void>;
  /** Newest first. */
  runs(tenant: TenantId, query?: RunsQuery): Promise<readonly RunRecord[]>;
  /** @throws RUN_NOT_FOUND */
  getRun(tenant: TenantId, runId: string): Promise<RunRecord>;
  /** Newest first. @default limit 50 */
  makings(tenant: TenantId, query?: { readonly limit?: number }): Promise<readonly MakingRecord[]>;
}
