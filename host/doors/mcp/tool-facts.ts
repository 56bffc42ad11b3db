// What a door wants to know of a tool before it calls it, without a look into the store for nearly every call.

import type { TenantId } from '#host/base';
import type { ListedTool, Registry } from '#host/registry';
import { isCodedError } from '#sandbox';
import { headerParametersOf } from './param-headers.ts';
import type { McpBackend } from './types.ts';

/** The part of the backend that answers this. */
export type ToolFacts = Pick<McpBackend, 'headerParameters' | 'takesLong'>;

/** Looks live tools up by name in a map per state of the registry. */
export function createToolFacts(registry: Registry): ToolFacts {
  const maps = new WeakMap<readonly ListedTool[], ReadonlyMap<string, ListedTool>>();
  const liveTools = (tenant: TenantId): ReadonlyMap<string, ListedTool> => {
    const list = registry.list(tenant);
    const known = maps.get(list);
    if (known !== undefined) return known;
    const byName = new Map(list.map((tool) => [tool.tool, tool]));
    maps.set(list, byName);
    return byName;
  };
  return {
    async headerParameters({ tenant }, tool) {
      const live = liveTools(tenant).get(tool);
      if (live !== undefined) return headerParametersOf(live.manifest.inputSchema);
      // `name@2` may be any version, with a schema of its own; a name without a version has none if it is not live.
      return tool.includes('@') ? headerParametersOf(await schemaOf(registry, tenant, tool)) : [];
    },
    takesLong({ tenant }, tool) {
      const name = tool.split('@', 1)[0] ?? tool;
      return liveTools(tenant).get(name)?.manifest.task !== undefined;
    },
  };
}

/** The input schema of a version; an empty one when there is no such version, as its call will say. */
async function schemaOf(registry: Registry, tenant: TenantId, reference: string) {
  try {
    return (await registry.get(tenant, reference)).manifest.inputSchema;
  } catch (error) {
    if (isCodedError(error) && error.kind === 'missing') return {};
    throw error;
  }
}
