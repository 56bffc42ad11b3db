// The module `glovebox`, as tools import it.

/** What makes a tool. */
export { defineTool } from './define-tool.ts';
/** Exact decimal numbers, for money. */
export { Decimal } from './decimal.ts';
/** What a tool is made of, and what it is given. */
export type { Content, Host, HostError, Json, JsonObject, JsonSchema, LogLevel, ToolDefinition } from './types.ts';
