// Every failure the jail can report, in one shape and one catalogue.
// INVARIANT: a code is never renamed or reused; test/pins/error-codes.test.ts holds the list.

/** What a front door maps a failure to. */
export type ErrorKind = 'invalid' | 'denied' | 'missing' | 'conflict' | 'limited' | 'timeout' | 'unavailable' | 'bug';

/** Who has to act for the failure to go away. */
export type ErrorFault = 'caller' | 'tool' | 'upstream' | 'host';

/** A failure as plain data: what crosses processes, rows and protocols. */
export interface Failure {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly fault: ErrorFault;
  readonly message: string;
  /** JSON-safe details: paths, limits, positions. Never source, secrets or host paths. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** One row of an error catalogue. */
export interface ErrorEntry {
  readonly kind: ErrorKind;
  readonly fault: ErrorFault;
}

/** A thrown {@link Failure}. Test its `code`, never `instanceof`: errors come from other realms and processes. */
export class CodedError extends Error implements Failure {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly fault: ErrorFault;
  readonly data?: Readonly<Record<string, unknown>>;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.name = failure.code;
    this.code = failure.code;
    this.kind = failure.kind;
    this.fault = failure.fault;
    if (failure.data !== undefined) this.data = failure.data;
  }
}

/** What can go wrong between a request and the jail's answer. */
export const SANDBOX_ERRORS = {
  // Templates and their context
  TEMPLATE_SYNTAX: { kind: 'invalid', fault: 'tool' },
  TEMPLATE_RAW_SLOT: { kind: 'invalid', fault: 'tool' },
  TEMPLATE_SLOT_POSITION: { kind: 'invalid', fault: 'tool' },
  TEMPLATE_UNSUPPORTED: { kind: 'invalid', fault: 'tool' },
  TEMPLATE_HELPER_UNKNOWN: { kind: 'invalid', fault: 'tool' },
  TEMPLATE_VALUE_MISSING: { kind: 'invalid', fault: 'tool' },
  TEMPLATE_HELPER_FAILED: { kind: 'invalid', fault: 'tool' },
  TEMPLATE_OUTPUT_LIMIT: { kind: 'limited', fault: 'tool' },
  TEMPLATE_OUTPUT_INVALID: { kind: 'invalid', fault: 'tool' },
  CONTEXT_INVALID: { kind: 'invalid', fault: 'caller' },
  // Compiling
  COMPILE_FAILED: { kind: 'invalid', fault: 'tool' },
  COMPILE_IMPORT_REFUSED: { kind: 'denied', fault: 'tool' },
  COMPILE_OUTPUT_LIMIT: { kind: 'limited', fault: 'tool' },
  // Schemas
  SCHEMA_INVALID: { kind: 'invalid', fault: 'tool' },
  SCHEMA_LIMIT: { kind: 'limited', fault: 'tool' },
  SCHEMA_REF_REMOTE: { kind: 'denied', fault: 'tool' },
  SCHEMA_PATTERN_UNSAFE: { kind: 'denied', fault: 'tool' },
  SCHEMA_HEADER_UNSUPPORTED: { kind: 'invalid', fault: 'tool' },
  // Manifests
  LIMITS_INVALID: { kind: 'invalid', fault: 'caller' },
  LIMITS_ABOVE_CEILING: { kind: 'denied', fault: 'caller' },
  POLICY_DENIED: { kind: 'denied', fault: 'caller' },
  // Making, as a whole
  MAKING_TIMEOUT: { kind: 'timeout', fault: 'tool' },
  MAKING_CRASHED: { kind: 'limited', fault: 'tool' },
  // A run
  INPUT_INVALID: { kind: 'invalid', fault: 'caller' },
  OUTPUT_INVALID: { kind: 'invalid', fault: 'tool' },
  TOOL_FAILED: { kind: 'invalid', fault: 'tool' },
  TOOL_THREW: { kind: 'invalid', fault: 'tool' },
  TOOL_INVALID: { kind: 'invalid', fault: 'tool' },
  TOOL_NEVER_SETTLES: { kind: 'invalid', fault: 'tool' },
  LIMIT_CPU: { kind: 'timeout', fault: 'tool' },
  LIMIT_WALL: { kind: 'timeout', fault: 'tool' },
  LIMIT_HEAP: { kind: 'limited', fault: 'tool' },
  LIMIT_RSS: { kind: 'limited', fault: 'tool' },
  LIMIT_OUTPUT: { kind: 'limited', fault: 'tool' },
  LIMIT_LOG: { kind: 'limited', fault: 'tool' },
  LIMIT_HOST_CALLS: { kind: 'limited', fault: 'tool' },
  GRANT_MISSING: { kind: 'denied', fault: 'tool' },
  CALL_INVALID: { kind: 'invalid', fault: 'tool' },
  RUN_CRASHED: { kind: 'limited', fault: 'tool' },
  RUN_STALLED: { kind: 'timeout', fault: 'tool' },
  RUN_INTERRUPTED: { kind: 'unavailable', fault: 'host' },
  RUN_CANCELLED: { kind: 'invalid', fault: 'caller' },
  RUN_SUSPENDED: { kind: 'unavailable', fault: 'caller' },
  RUN_DIVERGED: { kind: 'conflict', fault: 'tool' },
  CONTENT_INVALID: { kind: 'invalid', fault: 'tool' },
  // The jail itself
  HOST_BUSY: { kind: 'unavailable', fault: 'host' },
  HOST_STOPPING: { kind: 'unavailable', fault: 'host' },
  CELL_UNAVAILABLE: { kind: 'unavailable', fault: 'host' },
  CELL_PROTOCOL: { kind: 'bug', fault: 'host' },
  PRELUDE_FAILED: { kind: 'bug', fault: 'host' },
} as const satisfies Record<string, ErrorEntry>;

/** A code of {@link SANDBOX_ERRORS}. */
export type SandboxErrorCode = keyof typeof SANDBOX_ERRORS;

/** The plain failure for a code of the jail. */
export function sandboxFailure(
  code: SandboxErrorCode,
  message: string,
  data?: Readonly<Record<string, unknown>>,
): Failure {
  return { code, ...SANDBOX_ERRORS[code], message, ...(data === undefined ? {} : { data }) };
}

/** The same as a throwable. */
export function sandboxError(
  code: SandboxErrorCode,
  message: string,
  data?: Readonly<Record<string, unknown>>,
  options?: ErrorOptions,
): CodedError {
  return new CodedError(sandboxFailure(code, message, data), options);
}

/** A failure as plain data: of a thrown one, JSON and structured clones would lose the message or the code. */
export function plainFailure({ code, kind, fault, message, data }: Failure): Failure {
  return { code, kind, fault, message, ...(data === undefined ? {} : { data }) };
}

/** Whether a caught value carries a code: by its shape, since errors cross realms. */
export function isCodedError(value: unknown): value is Error & Failure {
  return (
    value instanceof Object &&
    'code' in value &&
    'kind' in value &&
    'fault' in value &&
    'message' in value &&
    typeof value.code === 'string'
  );
}
