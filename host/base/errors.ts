// Every failure of the host side, in the shape the jail uses too.
// INVARIANT: a code is never renamed or reused; test/pins/error-codes.test.ts holds the list.

import { CodedError, type ErrorEntry, type Failure } from '#sandbox';

/** What can go wrong outside the jail. */
export const HOST_ERRORS = {
  // Finding things
  TOOL_NOT_FOUND: { kind: 'missing', fault: 'caller' },
  VERSION_NOT_FOUND: { kind: 'missing', fault: 'caller' },
  TEMPLATE_NOT_FOUND: { kind: 'missing', fault: 'caller' },
  RUN_NOT_FOUND: { kind: 'missing', fault: 'caller' },
  PROMPT_NOT_FOUND: { kind: 'missing', fault: 'caller' },
  RESOURCE_NOT_FOUND: { kind: 'missing', fault: 'caller' },
  TASK_NOT_FOUND: { kind: 'missing', fault: 'caller' },
  // Publishing
  TOOL_NAME_TAKEN: { kind: 'conflict', fault: 'caller' },
  TOOL_NAME_RESERVED: { kind: 'denied', fault: 'caller' },
  MANIFEST_INVALID: { kind: 'invalid', fault: 'tool' },
  TEMPLATE_INVALID: { kind: 'invalid', fault: 'tool' },
  SOURCE_INVALID: { kind: 'invalid', fault: 'caller' },
  GRANT_UNSUPPORTED: { kind: 'denied', fault: 'tool' },
  EXAMPLE_FAILED: { kind: 'invalid', fault: 'tool' },
  PUBLISH_CONFLICT: { kind: 'conflict', fault: 'caller' },
  MOUNT_INVALID: { kind: 'invalid', fault: 'caller' },
  CHANGE_BREAKING: { kind: 'conflict', fault: 'caller' },
  INSPECTION_REFUSED: { kind: 'denied', fault: 'tool' },
  // Calling
  TOOL_QUARANTINED: { kind: 'denied', fault: 'tool' },
  CLIENT_UNSUPPORTED: { kind: 'denied', fault: 'caller' },
  ASK_INVALID: { kind: 'invalid', fault: 'tool' },
  REQUEST_STATE_INVALID: { kind: 'denied', fault: 'caller' },
  REQUEST_STATE_EXPIRED: { kind: 'missing', fault: 'caller' },
  REQUEST_INVALID: { kind: 'invalid', fault: 'caller' },
  REQUEST_TOO_LARGE: { kind: 'limited', fault: 'caller' },
  // Looking back
  LEDGER_BROKEN: { kind: 'conflict', fault: 'host' },
  LEDGER_KEY_UNUSABLE: { kind: 'conflict', fault: 'host' },
  CHECKPOINT_INVALID: { kind: 'invalid', fault: 'caller' },
  REPLAY_IMPOSSIBLE: { kind: 'missing', fault: 'caller' },
  REPLAY_DIVERGED: { kind: 'conflict', fault: 'tool' },
  ENGINE_DIFFERS: { kind: 'conflict', fault: 'host' },
  // The store
  STORE_BUSY: { kind: 'unavailable', fault: 'host' },
  STORE_FULL: { kind: 'unavailable', fault: 'host' },
  STORE_NEWER: { kind: 'conflict', fault: 'host' },
  STORE_OLDER: { kind: 'conflict', fault: 'host' },
  STORE_FAILED: { kind: 'unavailable', fault: 'host' },
  // Doors and the command
  ADDRESS_REFUSED: { kind: 'denied', fault: 'caller' },
  ADDRESS_IN_USE: { kind: 'conflict', fault: 'caller' },
  ORIGIN_REFUSED: { kind: 'denied', fault: 'caller' },
  PATH_NOT_FOUND: { kind: 'missing', fault: 'caller' },
  SESSION_NOT_FOUND: { kind: 'missing', fault: 'caller' },
  SUBSCRIPTION_LIMIT: { kind: 'limited', fault: 'caller' },
  HEADER_MISMATCH: { kind: 'invalid', fault: 'caller' },
  CONFIG_INVALID: { kind: 'invalid', fault: 'caller' },
  FILE_UNREADABLE: { kind: 'missing', fault: 'caller' },
  DEMO_FAILED: { kind: 'bug', fault: 'host' },
  HOST_UNFIT: { kind: 'unavailable', fault: 'host' },
  WALL_MISSING: { kind: 'unavailable', fault: 'host' },
  ATTEST_FAILED: { kind: 'unavailable', fault: 'host' },
  ATTEST_INVALID: { kind: 'invalid', fault: 'caller' },
  SURFACE_CHANGED: { kind: 'conflict', fault: 'host' },
  INTERNAL: { kind: 'bug', fault: 'host' },
} as const satisfies Record<string, ErrorEntry>;

/** A code of {@link HOST_ERRORS}. */
export type HostErrorCode = keyof typeof HOST_ERRORS;

/** The plain failure for a code of the host. */
export function hostFailure(code: HostErrorCode, message: string, data?: Readonly<Record<string, unknown>>): Failure {
  return { code, ...HOST_ERRORS[code], message, ...(data === undefined ? {} : { data }) };
}

/** The same as a throwable. */
export function hostError(
  code: HostErrorCode,
  message: string,
  data?: Readonly<Record<string, unknown>>,
  options?: ErrorOptions,
): CodedError {
  return new CodedError(hostFailure(code, message, data), options);
}
