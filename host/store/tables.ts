// The rows as the database holds them. Column types are the portable ones (text, integer, bigint, bytes), JSON is text,
// and times are epoch milliseconds, so that another SQL database holds the same rows.

/** A tool's name and where its pointer stands. Kept after removal, so that version numbers are never used twice. */
export interface ToolRow {
  readonly tenant: string;
  readonly name: string;
  /** Versions below this one belonged to a tool that was removed; nobody can reach them. */
  readonly first_version: number;
  /** The highest number given so far; 0 before the first. */
  readonly last_version: number;
  /** What the name means now; null while it is free. */
  readonly live_version: number | null;
  /** The tenant's `tools` revision when the pointer last moved. */
  readonly revision: number;
}

/** One immutable version. Its long texts are in {@link TextRow}s, named by digest. */
export interface VersionRow {
  readonly tenant: string;
  readonly tool: string;
  readonly version: number;
  readonly digest: string;
  readonly lineage: string;
  readonly semver: string;
  readonly manifest: string;
  readonly report: string;
  /** What callers of the version before it notice, JSON; null for a first version. */
  readonly change: string | null;
  readonly published_at: number;
  readonly published_by: string;
  readonly script_digest: string;
  readonly validators_digest: string;
  readonly context_digest: string;
  readonly source_digest: string;
  readonly source_map_digest: string;
}

/** A text under its SHA-256, as UTF-8: equal texts are stored once. */
export interface TextRow {
  readonly digest: string;
  readonly content: Uint8Array;
}

/** One execution of one version. */
export interface RunRow {
  readonly tenant: string;
  /** Sorts by time of creation. */
  readonly run_id: string;
  readonly principal: string;
  readonly tool: string;
  readonly version: number;
  readonly digest: string;
  readonly started_at: number;
  readonly input_digest: string;
  readonly output_digest: string | null;
  readonly seed: string;
  readonly clock_ms: number;
  readonly limits: string;
  readonly verdict: string;
  readonly failure: string | null;
  readonly bill: string;
  readonly logs: string;
  readonly input: string | null;
  readonly output: string | null;
  /** The answers the run got, in order, JSON; null when it had none. */
  readonly journal: string | null;
  /** The run this one took up again, with answers it had not had. */
  readonly continues: string | null;
  /** What the client behind it could do, JSON; null when there was none to ask. */
  readonly client: string | null;
  /** By which rules the row was written; null in those of before there was a number. */
  readonly format: number | null;
  /** What it ran on. */
  readonly engine: string | null;
  /** The content parts it gave, JSON; null when it gave none, or too much to keep. */
  readonly content: string | null;
  readonly content_digest: string | null;
  readonly journal_digest: string | null;
  /** The calls it waited for when it was suspended, JSON. */
  readonly waiting: string | null;
  /** The policy by which bytes were left out; null when all were kept. The digests are of what was left out. */
  readonly bytes: string | null;
  readonly failure_digest: string | null;
  readonly logs_digest: string | null;
  readonly waiting_digest: string | null;
}

/** A run that ended because it waits for its client; whoever brings the answers takes the row with it. */
export interface SuspensionRow {
  readonly tenant: string;
  /** The id of the run that waits. */
  readonly run_id: string;
  readonly principal: string;
  /** What was called: a tool's name, `prompt:name` or `resource:name`. */
  readonly subject: string;
  readonly version: number;
  readonly digest: string;
  readonly input_digest: string;
  readonly seed: string;
  readonly clock_ms: number;
  /** What the client could do when the call began, JSON: the tool has seen it. */
  readonly client: string;
  /** The answers so far, JSON. */
  readonly journal: string;
  /** What it waits for, JSON. */
  readonly waiting: string;
  readonly expires_at: number;
}

/** A call that outlives its request. */
export interface TaskRow {
  readonly tenant: string;
  /** Unguessable: it is a handle. */
  readonly task_id: string;
  /** Counts the writes, so that two writers do not overwrite each other. */
  readonly revision: number;
  readonly principal: string;
  readonly tool: string;
  readonly version: number;
  readonly digest: string;
  readonly state: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly expires_at: number;
  /** The process that runs it, while it works; its lease ends with that process. */
  readonly owner: string | null;
  readonly leased_until: number | null;
  /** The caller's arguments, JSON. */
  readonly input: string;
  readonly seed: string;
  readonly clock_ms: number;
  /** What the client could do when the call began, JSON: the tool has seen it. */
  readonly client: string;
  /** The answers so far, JSON. */
  readonly journal: string;
  /** What it waits for and what of that is answered already, JSON. */
  readonly waiting: string | null;
  /** The newest run of it. */
  readonly run_id: string | null;
  /** How it ended, JSON. */
  readonly result: string | null;
}

/** A key all hosts of one store share. */
export interface KeyRow {
  readonly name: string;
  readonly value: Uint8Array;
}

/** One attempt to make a version. */
export interface MakingRow {
  readonly tenant: string;
  /** Sorts by time of creation. */
  readonly making_id: string;
  readonly principal: string;
  readonly started_at: number;
  readonly wall_ms: number;
  readonly lineage: string;
  readonly verdict: string;
  readonly tool: string | null;
  readonly version: number | null;
  readonly digest: string | null;
  readonly failure: string | null;
  readonly input_digest: string;
  readonly report: string;
}

/** What the ledger has links of. */
export type RecordKind = 'run' | 'making' | 'event';

/** One link of a chain: seals a row of the ledger, and every link of its chain before it. */
export interface LedgerEntryRow {
  /** The chain: one of each process for the runs it records, one of the store for all else. */
  readonly writer: string;
  /** Place in its chain, from 1. */
  readonly sequence: number;
  readonly kind: RecordKind;
  readonly tenant: string;
  /** The id of the row. */
  readonly subject: string;
  /** Of the row as it was written. */
  readonly digest: string;
  /** Of this link and the hash of the one before it. */
  readonly hash: string;
}

/** Something done to what the store holds, other than a making or a run. */
export interface LedgerEventRow {
  readonly tenant: string;
  /** Sorts by time of creation. */
  readonly event_id: string;
  readonly kind: string;
  readonly at: number;
  /** What it was done to, JSON. */
  readonly data: string;
}

/** What events there are. A program that reads them leaves alone what it does not know. */
export type EventKind =
  | 'tool.rolled-back'
  | 'tool.removed'
  | 'version.quarantined'
  | 'version.released'
  | 'policy.set'
  | 'key.made'
  | 'key.rotated'
  | 'runs.pruned'
  | 'links.pruned';

/** Ends of chains under a signature. */
export interface LedgerCheckpointRow {
  /** From 1, without gaps. */
  readonly number: number;
  /** What is signed, canonical JSON. */
  readonly body: string;
  /** Base64. */
  readonly signature: string;
}

/** A chain that may have links no checkpoint covers. */
export interface LedgerWriterRow {
  readonly writer: string;
  /** Place of the last link that one covers. */
  readonly covered: number;
}

/** A run that was to blame for a dead cell or a passed deadline. */
export interface ConvictionRow {
  readonly tenant: string;
  readonly digest: string;
  readonly run_id: string;
  readonly code: string;
  readonly convicted_at: number;
}

/** A version that is out of service. */
export interface QuarantineRow {
  readonly tenant: string;
  readonly digest: string;
  readonly quarantined_at: number;
}

/** What a {@link RevisionRow} counts the changes of. */
export type ChangeTopic = 'tools' | 'quarantines';

/** How often something of a tenant has changed: what tells other processes to look again. */
export interface RevisionRow {
  readonly tenant: string;
  readonly topic: ChangeTopic;
  readonly revision: number;
}

/** The only row says which migrations were applied. */
export interface SchemaRow {
  readonly version: number;
}

/** Every table by name, as the query builder wants it. */
export interface Tables {
  readonly glovebox_schema: SchemaRow;
  readonly tools: ToolRow;
  readonly tool_versions: VersionRow;
  readonly texts: TextRow;
  readonly runs: RunRow;
  readonly makings: MakingRow;
  readonly convictions: ConvictionRow;
  readonly quarantines: QuarantineRow;
  readonly revisions: RevisionRow;
  readonly suspensions: SuspensionRow;
  readonly tasks: TaskRow;
  readonly keys: KeyRow;
  readonly ledger_entries: LedgerEntryRow;
  readonly ledger_events: LedgerEventRow;
  readonly ledger_checkpoints: LedgerCheckpointRow;
  readonly ledger_writers: LedgerWriterRow;
}
