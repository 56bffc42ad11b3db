// The second of the two paths: one call becomes a recorded result.

import type { Bill, ContentPart, Failure, LogLine } from '#sandbox';
import type { Principal } from '#host/base';

/** One call of one tool. */
export interface ToolCall {
  readonly principal: Principal;
  /** `name` or `name@2`. */
  readonly tool: string;
  /** Parsed JSON. @default {} */
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
   * A result for whatever the tool did.
   *
   * @throws TOOL_NOT_FOUND, VERSION_NOT_FOUND, TOOL_QUARANTINED, HOST_BUSY, STORE_BUSY … when nothing ran or the run
   * could not be recorded
   */
  call(call: ToolCall): Promise<ToolCallResult>;
}
