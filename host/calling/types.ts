// The second of the two paths: one call becomes a recorded result.

import type { Bill, ContentPart, Failure, LogLine } from '#sandbox';
import type { Principal } from '#host/base';

/** One call of one tool. */
export interface ToolCall {
  readonly principal: Principal;
  /** `name` or `name@2`. */
  readonly tool: string;
  /** Parsed JSON; `undefined` counts as `{}`. */
  readonly input: unknown;
  /** Fires on cancellation and on disconnect; the run then really stops. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly ratio: number; readonly message?: string }) => void;
}

/** What the caller gets, after it was recorded. */
export type ToolCallResult = {
  readonly runId: string;
  readonly tool: string;
  readonly version: number;
  readonly digest: string;
  readonly bill: Bill;
  readonly logs: readonly LogLine[];
} & (
  | { readonly ok: true; readonly output: unknown; readonly content: readonly ContentPart[] }
  | { readonly ok: false; readonly failure: Failure }
);

/** Calls tools. */
export interface Caller {
  /**
   * A result for whatever the tool did, once it is in the ledger. A run cancelled while it ran is such a result too.
   *
   * @throws REQUEST_INVALID, REQUEST_TOO_LARGE when the input is no JSON, or more than 16 Mi characters of it
   * @throws TOOL_NOT_FOUND, VERSION_NOT_FOUND, TOOL_QUARANTINED
   * @throws HOST_BUSY, HOST_STOPPING, RUN_CANCELLED when it did not start
   * @throws STORE_BUSY, STORE_FULL, STORE_FAILED when it could not be recorded
   */
  call(call: ToolCall): Promise<ToolCallResult>;
}
