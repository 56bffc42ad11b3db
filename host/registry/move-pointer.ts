// The one way a name's meaning changes: compare and swap, counted as a change of the tenant's tools.

import { hostError } from '#host/base';
import type { Repositories, ToolHeadRow, ToolRow } from '#host/store';

/** Where a pointer goes. */
export type PointerTarget = Pick<ToolRow, 'first_version' | 'last_version' | 'live_version'>;

/** @throws PUBLISH_CONFLICT when somebody moved it since `head` was read; the transaction must not commit then */
export async function movePointer(rows: Repositories, head: ToolHeadRow, to: Partial<PointerTarget>): Promise<void> {
  const { tenant, name, first_version, last_version, live_version } = head;
  const revision = await rows.revisions.bump(tenant, 'tools');
  if (await rows.tools.moveHead(head, { first_version, last_version, live_version, ...to, revision })) return;
  throw hostError('PUBLISH_CONFLICT', `tool "${name}" was changed by somebody else at the same moment; try again`, {
    tool: name,
  });
}
