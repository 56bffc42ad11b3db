// MCP: the backend every transport shares, and the transports. The only folder that knows the server SDK.

/** Tools, calls and changes as MCP sees them. */
export { createMcpBackend, type McpBackendDeps } from './backend.ts';
/** What a transport is given. */
export type { CallProgress, Era, McpBackend, McpCall } from './types.ts';
/** Streamable HTTP, both eras; the HTTP door mounts it. */
export {
  DEFAULT_MCP_HTTP_LIMITS,
  openMcpHttpEndpoint,
  type McpHttpEndpoint,
  type McpHttpEndpointDeps,
  type McpHttpLimits,
} from './http-endpoint.ts';
/** Standard input and output, both eras. */
export { serveStdio, type StdioDeps } from './stdio.ts';
/** What `_meta` of tools and results holds. */
export { META_KEYS } from './meta-keys.ts';
