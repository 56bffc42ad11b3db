// Rows that outlive the process, behind one repository per kind of row.

/** The store of a home, or of a PostgreSQL database. */
export { openStore } from './open-store.ts';
export type { StoreOptions } from './open-database.ts';
/** Its schema, without opening a store on it. */
export { examineSchema, migrateStore } from './migrate-store.ts';
/** Links of the ledger's chains. */
export { EVENT_CHAIN } from './chain/event-chain.ts';
export { emptyChain, hashLink, type ChainHead, type ChainRecord } from './chain/record.ts';
/** A row of something done to what the store holds. */
export { createEventRow, WHOLE_STORE, type NewEvent } from './event-row.ts';
/** What a store promises, whatever is behind it. */
export type {
  ChangedTool,
  ChangeListener,
  ConvictionRepository,
  EventQuery,
  EventRepository,
  KeyRepository,
  LedgerRepository,
  MakingRepository,
  Recorded,
  Repositories,
  RevisionRepository,
  RunQuery,
  RunRepository,
  SchemaState,
  Store,
  StoreChange,
  StoreFacts,
  SuspensionRepository,
  TaskRepository,
  ToolHeadRow,
  ToolRepository,
  VersionHistoryRow,
} from './types.ts';
/** The rows themselves. */
export type {
  ChangeTopic,
  ConvictionRow,
  EventKind,
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
