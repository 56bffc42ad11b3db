// Rows that outlive the process, behind one repository per kind of row.

/** The embedded database of a home. */
export { openStore, type StoreOptions } from './open-store.ts';
/** What a store promises, whatever is behind it. */
export type {
  ChangedTool,
  ChangeListener,
  ConvictionRepository,
  MakingRepository,
  Repositories,
  RevisionRepository,
  RunRepository,
  Store,
  StoreChange,
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
  ToolRow,
  VersionRow,
} from './tables.ts';
