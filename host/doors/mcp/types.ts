// What the MCP transports share: one backend, whichever era and pipe a client speaks through.

import type {
  CallToolResult,
  CompleteResult,
  GetPromptResult,
  InputRequiredResult,
  ListPromptsResult,
  ListResourcesResult,
  ListResourceTemplatesResult,
  ListToolsResult,
  ReadResourceResult,
  Result,
  ServerCapabilities,
} from '@modelcontextprotocol/server';
import type { Principal } from '#host/base';
import type { Conversation } from '#host/calling';
import type { ListTopic } from '#host/registry';
import type { LogLine } from '#sandbox';
import type { HeaderParameter } from './param-headers.ts';

/** `newer` is 2026-07-28, `older` everything that opens with `initialize` (2025-11-25 and before). */
export type Era = 'newer' | 'older';

/** How far a call has come. */
export interface CallProgress {
  /** 0–1. */
  readonly ratio: number;
  readonly message?: string;
}

/** What every request that runs something has, freed of its transport. */
export interface McpRequest extends Conversation {
  readonly principal: Principal;
  readonly era: Era;
  /** Fires on `notifications/cancelled`, on disconnect and when the host stops. */
  readonly signal: AbortSignal;
  /** Present when the client gave a progress token. */
  readonly onProgress?: (progress: CallProgress) => void;
  /** Present when the client may want to see what a tool logs. */
  readonly onLog?: (line: LogLine) => void;
}

/** One `tools/call`. */
export interface McpCall extends McpRequest {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** One `prompts/get`. */
export interface McpPromptCall extends McpRequest {
  readonly name: string;
  readonly args: Readonly<Record<string, string>>;
}

/** One `resources/read`. */
export interface McpResourceCall extends McpRequest {
  readonly uri: string;
}

/** One `completion/complete`. */
export interface McpCompletion extends Pick<McpRequest, 'principal' | 'signal'> {
  readonly subject: { readonly prompt: string } | { readonly uriTemplate: string };
  readonly argument: string;
  readonly value: string;
  readonly others: Readonly<Record<string, string>>;
}

/** Handles of long calls. Each method @throws TASK_NOT_FOUND */
export interface McpTasks {
  get(principal: Principal, taskId: string): Promise<Result>;
  update(principal: Principal, taskId: string, answers: Readonly<Record<string, unknown>>): Promise<void>;
  cancel(principal: Principal, taskId: string): Promise<void>;
}

/** What every MCP transport serves. Every list @throws REQUEST_INVALID when the cursor is not one an earlier page gave */
export interface McpBackend {
  readonly serverInfo: { readonly name: string; readonly title: string; readonly version: string };
  readonly capabilities: Readonly<Record<Era, ServerCapabilities>>;
  /** What a model should know before it uses any of the tools. */
  readonly instructions: string;
  /** One page of the tools a principal may use: maker tools first, in a fixed order, then generated tools by name. */
  listTools(principal: Principal, cursor?: string): ListToolsResult;
  /**
   * Runs a tool. What goes wrong once the tool is known is an `isError` result, so that a model can correct itself;
   * that includes a busy host.
   *
   * @throws TOOL_NOT_FOUND, VERSION_NOT_FOUND when there is no such tool
   * @throws REQUEST_STATE_INVALID, REQUEST_STATE_EXPIRED when the call cannot go on from there
   * @throws CLIENT_UNSUPPORTED in the newer era, when the tool needs a client that can do more
   */
  callTool(call: McpCall): Promise<CallToolResult | InputRequiredResult>;
  /** The arguments of a tool that its calls repeat in headers; none for most. */
  headerParameters(principal: Principal, tool: string): Promise<readonly HeaderParameter[]>;
  /** Whether calls of a tool may take long: its manifest says how it works as a task. */
  takesLong(principal: Principal, tool: string): boolean;
  listPrompts(principal: Principal, cursor?: string): ListPromptsResult;
  /** @throws PROMPT_NOT_FOUND, and whatever its run ended with */
  getPrompt(call: McpPromptCall): Promise<GetPromptResult | InputRequiredResult>;
  listResources(principal: Principal, cursor?: string): ListResourcesResult;
  listResourceTemplates(principal: Principal, cursor?: string): ListResourceTemplatesResult;
  /** @throws RESOURCE_NOT_FOUND, and whatever its run ended with */
  readResource(call: McpResourceCall): Promise<ReadResourceResult | InputRequiredResult>;
  /** @throws RESOURCE_NOT_FOUND when nothing is served there */
  assertServed(principal: Principal, uri: string): void;
  /** @throws PROMPT_NOT_FOUND, RESOURCE_NOT_FOUND */
  complete(request: McpCompletion): Promise<CompleteResult>;
  readonly tasks: McpTasks;
  /** Calls `listener` after one of a principal's lists changed; a burst of changes is one call. */
  onListChange(principal: Principal, listener: (topic: ListTopic) => void): Disposable;
  /** Calls `listener` after a resource changed; a burst of changes of one is one call. */
  onResourceUpdate(principal: Principal, listener: (uri: string) => void): Disposable;
}
