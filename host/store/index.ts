// Rows that outlive the process, behind one repository per kind of row.

/** The store of a home, or of a PostgreSQL database. */
export { openStore } from './open-store.ts';
export type { StoreOptions } from './open-database.ts';
/** Its schema, without opening a store on it. */
export { examineSchema, migrateStore } from './migrate-store.ts';
/** What a store promises, whatever is behind it. */
export type {
  ChangedTool,
  ChangeListener,
  ConvictionRepository,
  KeyRepository,
  MakingRepository,
  Repositories,
  RevisionRepository,
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
  MakingRow,
  QuarantineRow,
  RevisionRow,
  RunRow,
  SuspensionRow,
  TaskRow,
  ToolRow,
  VersionRow,
} from './tables.ts';
