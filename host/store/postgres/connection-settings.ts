// How every connection to the server is set up.

import type { ClientConfig } from 'pg';

import type { DatabaseAddress } from '#host/base';
import { ROW_TYPES } from './values.ts';

/** A statement takes milliseconds; one that takes this long stands still. */
const STATEMENT_MS = 10_000;
/** Longer than the server needs to end it, so that only a dead network gets here. */
const ANSWER_MS = STATEMENT_MS + 2_000;
/** A transaction is never idle but for a host that stands still, and must not hold its locks. */
const IDLE_IN_TRANSACTION_MS = 10_000;

/** The settings of a connection that requests use. */
export function requestSettings(address: DatabaseAddress, busyMs: number): ClientConfig {
  return {
    ...patientSettings(address, busyMs),
    lock_timeout: busyMs,
    statement_timeout: STATEMENT_MS,
    query_timeout: ANSWER_MS,
  };
}

/** The settings of a connection whose statements may take their time. */
export function patientSettings(address: DatabaseAddress, connectMs: number): ClientConfig {
  return {
    connectionString: address.reveal(),
    connectionTimeoutMillis: connectMs,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    fallback_application_name: 'glovebox',
    keepAlive: true,
    types: ROW_TYPES,
  };
}
