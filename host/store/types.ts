// What a store is asked for. An embedded database and a database server keep the same promises.

import type { ChainHead, ChainRecord } from './chain/record.ts';
import type {
  ChangeTopic,
  ConvictionRow,
  LedgerCheckpointRow,
  LedgerEntryRow,
  LedgerEventRow,
  MakingRow,
  QuarantineRow,
  RecordKind,
  RevisionRow,
  RunRow,
  SuspensionRow,
  TaskRow,
  ToolRow,
  VersionRow,
} from './tables.ts';

/** A tool with what its pointer points at; the version's columns are null while the name is free. */
export interface ToolHeadRow extends ToolRow {
  readonly digest: string | null;
  readonly lineage: string | null;
}

/** A tool of a tenant's list: its pointer, and the live version where it has one. */
export interface ChangedTool {
  readonly tool: ToolRow;
  readonly live: VersionRow | undefined;
}

/** A version in the history of its tool. */
export interface VersionHistoryRow extends VersionRow {
  readonly quarantined: boolean;
}

/** Tools and their versions. */
export interface ToolRepository {
  /** Tools whose pointer moved after a revision, removed ones included. */
  changedSince(tenant: string, revision: number): Promise<readonly ChangedTool[]>;
  findHead(tenant: string, tool: string): Promise<ToolHeadRow | undefined>;
  findVersion(tenant: string, tool: string, version: number): Promise<VersionRow | undefined>;
  /** The newest version of a lineage with this digest, from `firstVersion` on. */
  findByDigest(
    version: Pick<VersionRow, 'tenant' | 'tool' | 'lineage' | 'digest'>,
    firstVersion: number,
  ): Promise<VersionRow | undefined>;
  /** From `firstVersion` on, newest first. */
  history(tenant: string, tool: string, firstVersion: number): Promise<readonly VersionHistoryRow[]>;
  /** Reserves the row of a name; does nothing when there is one. */
  ensureTool(tenant: string, tool: string): Promise<void>;
  /** Moves the pointer if it still stands where `from` says; whether it did. */
  moveHead(from: ToolRow, to: Omit<ToolRow, 'tenant' | 'name'>): Promise<boolean>;
  insertVersion(version: VersionRow): Promise<void>;
  /** Stores texts by digest; those already there cost nothing. */
  putTexts(texts: ReadonlyMap<string, string>): Promise<void>;
  /** Digest → text, for those that exist. */
  getTexts(digests: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** Which runs to list. */
export interface RunQuery {
  readonly tool?: string;
  readonly verdict?: string;
  readonly principal?: string;
  /** The oldest run id to list, and the one to stop before. */
  readonly from?: string;
  readonly before?: string;
  readonly limit: number;
}

/** Runs, newest first where there are several. */
export interface RunRepository {
  insert(row: RunRow): Promise<void>;
  list(tenant: string, query: RunQuery): Promise<readonly RunRow[]>;
  find(tenant: string, runId: string): Promise<RunRow | undefined>;
  /** The id of the run `steps` places older than run `than`; without `than`, of the `steps`-th newest. */
  findOlder(tenant: string, than: string | undefined, steps: number): Promise<string | undefined>;
  /** Deletes up to `batch` of a tenant's oldest runs, none newer than `runId`; returns how many went. */
  deleteUpTo(tenant: string, runId: string, batch: number): Promise<number>;
}

/** Makings, newest first where there are several. */
export interface MakingRepository {
  insert(row: MakingRow): Promise<void>;
  list(tenant: string, limit: number): Promise<readonly MakingRow[]>;
}

/** Convictions and what they led to. */
export interface ConvictionRepository {
  /** A second conviction of the same run changes nothing. */
  add(row: ConvictionRow): Promise<void>;
  /** Convictions of a version later than `since`. */
  count(tenant: string, digest: string, since: number): Promise<number>;
  /** Deletes a version's convictions up to and including `until`; all of them without it. */
  forget(tenant: string, digest: string, until?: number): Promise<void>;
  /** Whether this call was the one that put the version there. */
  quarantine(row: QuarantineRow): Promise<boolean>;
  /** Whether there was a quarantine to lift. */
  lift(tenant: string, digest: string): Promise<boolean>;
  /** Digests of a tenant's quarantined versions. */
  quarantined(tenant: string): Promise<readonly string[]>;
}

/** Counters that tell other processes to look again. */
export interface RevisionRepository {
  all(): Promise<readonly RevisionRow[]>;
  /**
   * Holds back every transaction that would change the same, until this one ends. To be called before reading what the
   * change depends on: of two at once, the later one then sees what the earlier one wrote.
   */
  hold(tenant: string, topic: ChangeTopic): Promise<void>;
  /** Counts one up and returns the new number; {@link hold}s. */
  bump(tenant: string, topic: ChangeTopic): Promise<number>;
}

/** Runs that wait for their client. */
export interface SuspensionRepository {
  insert(row: SuspensionRow): Promise<void>;
  /** Hands the row to one caller only: it is deleted with that. */
  take(tenant: string, runId: string): Promise<SuspensionRow | undefined>;
  /** Deletes up to `batch` of a principal's oldest rows beyond the newest `keep`; returns how many went. */
  trim(tenant: string, principal: string, keep: number, batch: number): Promise<number>;
  /** Deletes up to `batch` rows that expired before `now`; returns how many went. */
  prune(now: number, batch: number): Promise<number>;
}

/** Calls that outlive their requests. */
export interface TaskRepository {
  insert(row: TaskRow): Promise<void>;
  find(tenant: string, taskId: string): Promise<TaskRow | undefined>;
  /** How many of a principal's tasks somebody works on or waits for, `now`. */
  countOpen(tenant: string, principal: string, now: number): Promise<number>;
  /** Writes if the row still has the revision of `from`, and counts it up; whether it did. */
  update(
    from: Pick<TaskRow, 'tenant' | 'task_id' | 'revision'>,
    to: Partial<Omit<TaskRow, 'revision'>>,
  ): Promise<boolean>;
  /** Extends an owner's leases of these tasks; returns the ids of those that still work for it. */
  renewLeases(owner: string, taskIds: readonly string[], until: number): Promise<readonly string[]>;
  /** Deletes up to `batch` rows that expired before `now`; returns how many went. */
  prune(now: number, batch: number): Promise<number>;
}

/** Things done to what the store holds, other than makings and runs. */
export interface EventRepository {
  insert(row: LedgerEventRow): Promise<void>;
  /** Newest first: those of a tenant, and those of the whole store. */
  list(tenant: string, query: EventQuery): Promise<readonly LedgerEventRow[]>;
}

/** Which events to list. */
export interface EventQuery {
  readonly kind?: string;
  /** The oldest event id to list, and the one to stop before. */
  readonly from?: string;
  readonly before?: string;
  readonly limit: number;
}

/** A row of the ledger, and what a link that seals it as it is now would say. */
export interface Recorded extends ChainRecord {
  readonly row: RunRow | MakingRow | LedgerEventRow;
}

/** The chains over runs, makings and events, and the checkpoints over the chains. */
export interface LedgerRepository {
  /** Makes every transaction that makes a checkpoint or lengthens the chain of events wait for this one. */
  hold(): Promise<void>;
  /** Links by chain and place: those behind `after`, all of them without it. */
  entries(
    after: Pick<LedgerEntryRow, 'writer' | 'sequence'> | undefined,
    limit: number,
  ): Promise<readonly LedgerEntryRow[]>;
  /** Those of the rows that are there, as they are now. */
  recorded(kind: RecordKind, tenant: string, subjects: readonly string[]): Promise<readonly Recorded[]>;
  /** Where every chain ends; reads all links. */
  ends(): Promise<readonly ChainHead[]>;
  /** Ends of the chains that have links behind what was {@link cover}ed, of those that are listed as growing. */
  uncovered(): Promise<readonly ChainHead[]>;
  /** Notes that a checkpoint covers a chain up to here. */
  cover(head: ChainHead): Promise<void>;
  /** Deletes a chain's links up to and including this one. */
  dropLinks(upTo: Pick<ChainHead, 'writer' | 'sequence'>): Promise<void>;
  /** A row that no link seals; reads all rows and links. */
  findUnlinked(): Promise<Pick<LedgerEntryRow, 'kind' | 'tenant' | 'subject'> | undefined>;
  lastCheckpoint(): Promise<LedgerCheckpointRow | undefined>;
  /** Those with a higher number than `after`, in order. */
  checkpoints(after: number, limit: number): Promise<readonly LedgerCheckpointRow[]>;
  insertCheckpoint(row: LedgerCheckpointRow): Promise<void>;
}

/** Keys all hosts of one store share. */
export interface KeyRepository {
  find(name: string): Promise<Uint8Array | undefined>;
  /** The key of that name: the one there is, else `value`, which is then stored. */
  getOrAdd(name: string, value: Uint8Array): Promise<Uint8Array>;
  /** Puts `value` in place of the key of that name, if there is one. */
  replace(name: string, value: Uint8Array): Promise<void>;
}

/** One repository per kind of row. */
export interface Repositories {
  readonly tools: ToolRepository;
  readonly runs: RunRepository;
  readonly makings: MakingRepository;
  readonly convictions: ConvictionRepository;
  readonly revisions: RevisionRepository;
  readonly suspensions: SuspensionRepository;
  readonly tasks: TaskRepository;
  readonly keys: KeyRepository;
  readonly events: EventRepository;
  readonly ledger: LedgerRepository;
}

/** Where a database's schema stands. */
export interface SchemaState {
  /** 0: the database is empty. */
  readonly present: number;
  /** What this program writes. */
  readonly target: number;
  /** The steps from the one to the other, in order. */
  readonly missing: readonly { readonly version: number; readonly name: string }[];
}

/** What an operator wants to know of a store. */
export interface StoreFacts {
  readonly engine: 'sqlite' | 'postgresql';
  /** Of the engine. */
  readonly version: string;
  /** Of the tables. */
  readonly schema: number;
  /** How long the database took to answer, in milliseconds. */
  readonly latencyMs: number;
}

/** Something of a tenant changed, here or in another process. */
export type StoreChange = RevisionRow;

/** Told of a change; one that fails is told again. */
export type ChangeListener = (change: StoreChange) => void | Promise<void>;

/**
 * Rows that outlive the process. A write that resolved survives `kill -9`.
 *
 * Every method throws STORE_BUSY when another process held the database for longer than the store waits
 * (`data.waitedMs`), STORE_FULL when the disk is full, STORE_FAILED for anything else. The store stays usable.
 */
export interface Store extends Repositories, AsyncDisposable {
  /**
   * All or nothing. Use only the repositories handed in: the store's own would wait for this very transaction. When two
   * that overlap cannot both go on, a database server gives one of them up and `work` runs again: it has no effects but
   * on its repositories, and lets pass what they throw.
   */
  transaction<Result>(work: (repositories: Repositories) => Promise<Result>): Promise<Result>;
  /**
   * Calls `listener` soon after every change that any process committed, and first with the present revision of
   * everything. Nothing is asked of the database while nobody watches.
   */
  watch(listener: ChangeListener): Disposable;
  /** Calls `listener` after every commit of this store that lengthened a chain, with the number of links. */
  watchAppends(listener: (records: number) => void): Disposable;
  /** For a process that ends: nobody need look for more of what it recorded. What a checkpoint does not cover yet stays listed. */
  retireChains(): Promise<void>;
  /** Asks the database about itself. */
  examine(): Promise<StoreFacts>;
}
