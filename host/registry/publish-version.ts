// A draft becomes a version and its name's meaning, with its ledger row, in one transaction or not at all.

import { hostError } from '#host/base';
import { toMakingRow } from '#host/ledger';
import type { Repositories, Store, ToolHeadRow } from '#host/store';
import { movePointer } from './move-pointer.ts';
import type { Published, PublishOptions } from './types.ts';
import type { PreparedVersion } from './version-rows.ts';

/** @throws TOOL_NAME_TAKEN, PUBLISH_CONFLICT */
export function publishVersion(
  store: Store,
  prepared: PreparedVersion,
  { replace = false, recordAs }: PublishOptions,
): Promise<Published> {
  return store.transaction(async (rows) => {
    const published = await settleVersion(rows, prepared, replace);
    if (recordAs !== undefined) await rows.makings.insert(toMakingRow(recordAs(published)));
    return published;
  });
}

async function settleVersion(
  rows: Repositories,
  { row, texts }: PreparedVersion,
  replace: boolean,
): Promise<Published> {
  const { tenant, tool, digest, lineage } = row;
  const head = (await rows.tools.findHead(tenant, tool)) ?? (await createHead(rows, tenant, tool));
  const isLive = head.live_version !== null;

  if (isLive && head.lineage !== lineage && !replace) throw nameTaken(head, lineage);
  if (head.live_version !== null && head.lineage === lineage && head.digest === digest) {
    return { tool, version: head.live_version, digest, unchanged: true };
  }

  const older = await rows.tools.findByDigest(row, head.first_version);
  if (older !== undefined) {
    await movePointer(rows, head, { live_version: older.version });
    return { tool, version: older.version, digest, unchanged: false };
  }

  const version = head.last_version + 1;
  await movePointer(rows, head, { live_version: version, last_version: version });
  await rows.tools.putTexts(texts);
  await rows.tools.insertVersion({ ...row, version });
  return { tool, version, digest, unchanged: false };
}

async function createHead(rows: Repositories, tenant: string, tool: string): Promise<ToolHeadRow> {
  await rows.tools.ensureTool(tenant, tool);
  const head = await rows.tools.findHead(tenant, tool);
  if (head === undefined) throw hostError('INTERNAL', `the row of tool "${tool}" vanished within its transaction`);
  return head;
}

function nameTaken(head: ToolHeadRow, lineage: string): Error {
  return hostError(
    'TOOL_NAME_TAKEN',
    `the name "${head.name}" belongs to a tool made from ${head.lineage ?? 'elsewhere'}, not from ${lineage}; ` +
      'choose another name or replace it',
    { tool: head.name, owner: head.lineage, lineage },
  );
}
