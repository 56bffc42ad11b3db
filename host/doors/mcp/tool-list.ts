// tools/list: what a listed tool says, in which order, page by page.

import type { ListToolsResult, Tool } from '@modelcontextprotocol/server';
import { hostError, type TenantId } from '#host/base';
import type { ListedTool, Registry } from '#host/registry';
import { META_KEYS } from './meta-keys.ts';

/** Tools per page. */
export const PAGE_SIZE = 100;

/** Lists a tenant's tools. */
export type ToolList = (tenant: TenantId, cursor?: string) => ListToolsResult;

/**
 * A list that is projected once per state of the registry, not per request.
 *
 * Order: `first` as given, then the registry's tools by name; every request sees the same order. A cursor names the last
 * tool of its page rather than a position, so a tool that is there throughout is listed exactly once even when others
 * come and go between two pages.
 */
export function createToolList(registry: Registry, first: readonly Tool[]): ToolList {
  // Keyed by the array itself: the registry gives the same one until something changes.
  const projected = new WeakMap<readonly ListedTool[], readonly Tool[]>();
  const toolsOf = (tenant: TenantId): readonly Tool[] => {
    const versions = registry.list(tenant);
    const known = projected.get(versions);
    if (known !== undefined) return known;
    const tools = versions.map(toMcpTool);
    projected.set(versions, tools);
    return tools;
  };

  return (tenant, cursor) => {
    const generated = toolsOf(tenant);
    if (cursor === undefined) return pageOf([...first, ...generated.slice(0, PAGE_SIZE - first.length + 1)]);
    const after = parseCursor(cursor);
    const start = generated.findIndex((tool) => tool.name > after);
    return pageOf(start === -1 ? [] : generated.slice(start, start + PAGE_SIZE + 1));
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

/** A page from up to one tool more than fits: the extra one says that there is a next page. */
function pageOf(tools: readonly Tool[]): ListToolsResult {
  const page = tools.slice(0, PAGE_SIZE);
  const last = page.at(-1);
  if (tools.length <= PAGE_SIZE || last === undefined) return { tools: page };
  return { tools: page, nextCursor: Buffer.from(`after:${last.name}`).toString('base64url') };
}

function parseCursor(cursor: string): string {
  const name = /^after:([a-z0-9_]{1,64})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  if (name !== undefined) return name;
  throw hostError('REQUEST_INVALID', 'the cursor is not one that tools/list gave; start again without a cursor', {
    path: '/cursor',
  });
}
