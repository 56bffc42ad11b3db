// Taking something back: a version for an older one, or the whole tool.

import type { Principal } from '#host/base';
import { createEventRow, type Repositories, type Store, type ToolHeadRow, type VersionRow } from '#host/store';
import { changeTools, movePointer } from './move-pointer.ts';
import { toolNotFound, versionNotFound } from './reference.ts';
import type { Published } from './types.ts';

/** What is taken back, and by whom. */
export interface Withdrawal {
  readonly principal: Principal;
  readonly tool: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** @throws TOOL_NOT_FOUND, VERSION_NOT_FOUND, PUBLISH_CONFLICT */
export function rollbackTool(store: Store, { principal, tool, at }: Withdrawal, to?: number): Promise<Published> {
  const { tenant, id } = principal;
  return changeTools(store, tenant, async (rows) => {
    const head = await getHead(rows, tenant, tool);
    const target = await getTarget(rows, head, to);
    const unchanged = target.version === head.live_version;
    if (!unchanged) {
      await movePointer(rows, head, { live_version: target.version });
      const data = { principal: id, tool, from: head.live_version, to: target.version };
      await rows.events.insert(createEventRow({ tenant, kind: 'tool.rolled-back', at, data }));
    }
    return { tool, version: target.version, digest: target.digest, unchanged };
  });
}

/** Frees the name and returns how many versions went out of reach. @throws TOOL_NOT_FOUND, PUBLISH_CONFLICT */
export function removeTool(store: Store, { principal, tool, at }: Withdrawal): Promise<number> {
  const { tenant, id } = principal;
  return changeTools(store, tenant, async (rows) => {
    const head = await getHead(rows, tenant, tool);
    // Numbers go on behind the last one, so that `tool@1` never means two things.
    await movePointer(rows, head, { live_version: null, first_version: head.last_version + 1 });
    const data = { principal: id, tool, firstVersion: head.first_version, lastVersion: head.last_version };
    await rows.events.insert(createEventRow({ tenant, kind: 'tool.removed', at, data }));
    return head.last_version - head.first_version + 1;
  });
}

async function getHead(
  rows: Repositories,
  tenant: string,
  tool: string,
): Promise<ToolHeadRow & { live_version: number }> {
  const head = await rows.tools.findHead(tenant, tool);
  if (head === undefined || head.live_version === null) throw toolNotFound(tool);
  return { ...head, live_version: head.live_version };
}

async function getTarget(
  rows: Repositories,
  head: ToolHeadRow & { live_version: number },
  to: number | undefined,
): Promise<VersionRow> {
  // Numbers have no gaps: the newest one older than the live one is the one before it.
  const version = to ?? head.live_version - 1;
  const isNumbered = version >= head.first_version && version <= head.last_version;
  const row = isNumbered ? await rows.tools.findVersion(head.tenant, head.name, version) : undefined;
  if (row === undefined) throw versionNotFound(head.name, version);
  return row;
}
