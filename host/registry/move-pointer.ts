// The one way a name's meaning changes: compare and swap, counted as a change of the tenant's tools.

import { hostError } from '#host/base';
import type { Repositories, Store, ToolHeadRow, ToolRow } from '#host/store';

/** Where a pointer goes. */
export type PointerTarget = Pick<ToolRow, 'first_version' | 'last_version' | 'live_version'>;

/** A transaction that moves pointers of a tenant. Of two at once the later one reads what the earlier one wrote. */
export function changeTools<Result>(
  store: Store,
  tenant: string,
  work: (rows: Repositories) => Promise<Result>,
): Promise<Result> {
  return store.transaction(async (rows) => {
    await rows.revisions.hold(tenant, 'tools');
    return work(rows);
  });
}

/** @throws PUBLISH_CONFLICT when somebody moved it since `head` was read; the transaction must not commit then */
export async function movePointer(rows: Repositories, head: ToolHeadRow, to: Partial<PointerTarget>): Promise<void> {
  const { tenant, name, first_version, last_version, live_version } = head;
  const revision = await rows.revisions.bump(tenant, 'tools');
  if (await rows.tools.moveHead(head, { first_version, last_version, live_version, ...to, revision })) return;
  throw hostError('PUBLISH_CONFLICT', `tool "${name}" was changed by somebody else at the same moment; try again`, {
    tool: name,
  });
}
