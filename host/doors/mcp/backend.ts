// The MCP server without its wire: what both eras and both transports serve.

import type { ServerCapabilities } from '@modelcontextprotocol/server';
import type { Log } from '#host/base';
import type { Caller } from '#host/calling';
import type { Ledger } from '#host/ledger';
import type { Maker } from '#host/making';
import type { ListTopic, Registry } from '#host/registry';
import { createChangeFeed, type ChangeFeed } from './change-feed.ts';
import { createCompletion } from './completion.ts';
import { createMakerTools } from './maker-tools/catalog.ts';
import { createPrompts } from './prompts.ts';
import { createResources } from './resources.ts';
import { createTasks, TASKS_EXTENSION } from './tasks.ts';
import { callTool } from './tool-call.ts';
import { createToolFacts } from './tool-facts.ts';
import { createToolList } from './tool-list.ts';
import type { Era, McpBackend } from './types.ts';

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
    capabilities: capabilitiesOf(version),
    instructions: INSTRUCTIONS,
    listTools: (principal, cursor) => listTools(principal.tenant, cursor),
    callTool: (call) => callTool(call, { caller, makerTools: byName, log }),
    ...createToolFacts(registry),
    ...createPrompts(registry, caller),
    ...createResources(registry, caller),
    complete: createCompletion(caller),
    tasks: createTasks(caller),
    onListChange(principal, listener) {
      const feed = createChangeFeed<ListTopic>(listener);
      const changes = registry.onChange((tenant, topic) => {
        if (tenant === principal.tenant) feed.touch(topic);
      });
      return both(changes, feed);
    },
    onResourceUpdate(principal, listener) {
      const feed = createChangeFeed<string>(listener);
      const updates = registry.onUpdate((tenant, uri) => {
        if (tenant === principal.tenant) feed.touch(uri);
      });
      return both(updates, feed);
    },
  };
}

/** Declared whether or not anything is mounted: it may be at any moment, and then the lists' changes tell. */
function capabilitiesOf(version: string): Readonly<Record<Era, ServerCapabilities>> {
  const older: ServerCapabilities = {
    tools: { listChanged: true },
    prompts: { listChanged: true },
    resources: { listChanged: true, subscribe: true },
    completions: {},
    logging: {},
    experimental: { glovebox: { version } },
  };
  return { older, newer: { ...older, extensions: { [TASKS_EXTENSION]: {} } } };
}

function both<Thing>(source: Disposable, feed: ChangeFeed<Thing>): Disposable {
  return {
    [Symbol.dispose]() {
      source[Symbol.dispose]();
      feed[Symbol.dispose]();
    },
  };
}
