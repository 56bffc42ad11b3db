// What happened: one row per making and per run, written before the reply.

import type { Bill, ClientFeatures, Failure, JournalEntry, Limits, LogLine } from '#sandbox';
import type { TenantId } from '#host/base';

/** One execution of one version. */
export interface RunRecord {
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
  /** The texts themselves, within retention: absent when larger than 64 KiB. */
  readonly input?: string;
  readonly output?: string;
  /** The answers it got from the host, in order; absent when it had none, or when larger than 64 KiB. */
  readonly journal?: readonly JournalEntry[];
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

/** The book of what happened. A promise resolves once its row survives the death of this process. */
export interface Ledger {
  /** @throws STORE_BUSY, STORE_FULL, STORE_FAILED */
  recordRun(record: RunRecord): Promise<void>;
  /** @throws STORE_BUSY, STORE_FULL, STORE_FAILED */
  recordMaking(record: MakingRecord): Promise<void>;
  /** Newest first. @default limit 50 */
  runs(tenant: TenantId, query?: { readonly tool?: string; readonly limit?: number }): Promise<readonly RunRecord[]>;
  /** @throws RUN_NOT_FOUND */
  getRun(tenant: TenantId, runId: string): Promise<RunRecord>;
  /** Newest first. @default limit 50 */
  makings(tenant: TenantId, query?: { readonly limit?: number }): Promise<readonly MakingRecord[]>;
}
