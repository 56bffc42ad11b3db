// Leaf modules every layer of the host may use.

/** Failures of the host side. */
export { HOST_ERRORS, hostError, hostFailure, type HostErrorCode } from './errors.ts';
/** Who asks. */
export { LOCAL_PRINCIPAL, type Principal, type TenantId } from './principal.ts';
/** Time as an argument. */
export { systemClock, type Clock } from './clock.ts';
/** Equal values, equal digests. */
export { canonicalJson, sha256 } from './canonical-json.ts';
/** How deep JSON from outside may nest. */
export { isDeeperThan, MAX_JSON_DEPTH } from './json-depth.ts';
/** Characters that do not show. */
export { INVISIBLE, showInvisible } from './invisible.ts';
/** Sortable ids. */
export { createId, firstIdAt } from './ids.ts';
/** The operator's settings. */
export {
  parseConfig,
  type Config,
  type Durability,
  type InspectionPolicy,
  type LedgerBytes,
  type LogLevel,
  type MigrationPolicy,
} from './config.ts';
/** Where a database server is. */
export { parseDatabaseAddress, type DatabaseAddress } from './database-address.ts';
/** What the host says it does. */
export { createLog, type Log, type LogDestination, type LogOptions } from './log.ts';
