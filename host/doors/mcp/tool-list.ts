// tools/list: what a listed tool says, and in which order.

import type { ListToolsResult, Tool } from '@modelcontextprotocol/server';
import type { TenantId } from '#host/base';
import type { ListedTool, Registry } from '#host/registry';
import { META_KEYS } from './meta-keys.ts';
import { pageOf } from './pages.ts';
import { projectOnce } from './project-once.ts';

/** Lists a tenant's tools. @throws REQUEST_INVALID when the cursor is not one that an earlier page gave */
export type ToolList = (tenant: TenantId, cursor?: string) => ListToolsResult;

/** `first` as given, then the registry's tools by name; every request sees the same order. */
export function createToolList(registry: Registry, first: readonly Tool[]): ToolList {
  const toolsOf = projectOnce(toMcpTool);
  return (tenant, cursor) => {
    const { items, next } = pageOf(toolsOf(registry.list(tenant)), cursor, first);
    return { tools: items, ...next };
  };
}

/** A tool as clients see it. */
export function toMcpTool(version: ListedTool): Tool {
  const { name, title, description, inputSchema, outputSchema, annotations } = version.manifest;
  return {
    name,
    ...(title === undefined ? {} : { title }),
    description,
    inputSchema: inputSchema as Tool['inputSchema'],
    ...(outputSchema === undefined ? {} : { outputSchema }),
    ...(annotations === undefined ? {} : { annotations }),
    _meta: { [META_KEYS.version]: version.version, [META_KEYS.digest]: version.digest },
  };
}
