// The MCP server without its wire: what both eras and both transports serve.

import type { Log } from '#host/base';
import type { Caller } from '#host/calling';
import type { Ledger } from '#host/ledger';
import type { Maker } from '#host/making';
import type { Registry } from '#host/registry';
import { createChangeFeed } from './change-feed.ts';
import { createMakerTools } from './maker-tools/catalog.ts';
import { callTool } from './tool-call.ts';
import { createToolList } from './tool-list.ts';
import type { McpBackend } from './types.ts';

/** What the MCP server is made of. */
export interface McpBackendDeps {
  readonly registry: Registry;
  readonly caller: Caller;
  readonly maker: Maker;
  readonly ledger: Ledger;
  /** This host's own version, as clients see it. */
  readonly version: string;
  readonly log: Log;
}

const INSTRUCTIONS = `Glovebox makes typed tools on demand and runs them where they can do no harm.
When a task needs a calculation, pricing or decision that no listed tool covers: list_templates, describe_template, generate_tool
with a context built from the template's schema – or create_tool with TypeScript you write. The new tool then appears in tools/list
under its own name; call it like any other. A failed call says why in its text, with a stable code first: correct the
arguments and call again. describe_run shows the logs of a run, by the run id in a result's _meta.`;

/** Builds the backend; no I/O. */
export function createMcpBackend(deps: McpBackendDeps): McpBackend {
  const { registry, caller, log, version } = deps;
  const makerTools = createMakerTools(deps);
  const byName = new Map(makerTools.map((tool) => [tool.listed.name, tool]));
  const listTools = createToolList(
    registry,
    makerTools.map((tool) => tool.listed),
  );
  return {
    serverInfo: { name: 'glovebox', title: 'Glovebox', version },
    capabilities: { tools: { listChanged: true }, experimental: { glovebox: { version } } },
    instructions: INSTRUCTIONS,
    listTools: (principal, cursor) => listTools(principal.tenant, cursor),
    callTool: (call) => callTool(call, { caller, makerTools: byName, log }),
    onToolsChange(principal, listener) {
      const feed = createChangeFeed(listener);
      const subscription = registry.onChange((tenant) => {
        if (tenant === principal.tenant) feed.touch();
      });
      return {
        [Symbol.dispose]() {
          subscription[Symbol.dispose]();
          feed[Symbol.dispose]();
        },
      };
    },
  };
}
