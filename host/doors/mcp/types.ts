// What the two MCP transports share: one backend, whichever era and pipe a client speaks through.

import type { CallToolResult, ListToolsResult, ServerCapabilities } from '@modelcontextprotocol/server';
import type { Principal } from '#host/base';

/** How far a call has come. */
export interface CallProgress {
  /** 0–1. */
  readonly ratio: number;
  readonly message?: string;
}

/** One `tools/call`, freed of its transport. */
export interface McpCall {
  readonly principal: Principal;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Fires on `notifications/cancelled`, on disconnect and when the host stops. */
  readonly signal: AbortSignal;
  /** Present when the client gave a progress token. */
  readonly onProgress?: (progress: CallProgress) => void;
}

/** What every MCP transport serves. */
export interface McpBackend {
  readonly serverInfo: { readonly name: string; readonly title: string; readonly version: string };
  readonly capabilities: ServerCapabilities;
  /** What a model should know before it uses any of the tools. */
  readonly instructions: string;
  /**
   * One page of the tools a principal may use: maker tools first, in a fixed order, then generated tools by name.
   *
   * @throws REQUEST_INVALID when the cursor is not one that an earlier page gave
   */
  listTools(principal: Principal, cursor?: string): ListToolsResult;
  /**
   * Runs a tool. What goes wrong once the tool is known is an `isError` result, so that a model can correct itself;
   * that includes a busy host.
   *
   * @throws TOOL_NOT_FOUND, VERSION_NOT_FOUND when there is no such tool
   */
  callTool(call: McpCall): Promise<CallToolResult>;
  /** Calls `listener` after a principal's list changed; a burst of changes is one call. */
  onToolsChange(principal: Principal, listener: () => void): Disposable;
}
