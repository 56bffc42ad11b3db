// The second of the two paths: one call becomes a recorded result.

/** Calls tools. */
export { createCaller, type CallerDeps } from './create-caller.ts';
/** What a call is, and what it comes to. */
export type { Caller, ToolCall, ToolCallResult } from './types.ts';
