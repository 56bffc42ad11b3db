// A draft becomes a version and its name's meaning, with its ledger row, in one transaction or not at all.

import { CodedError, isCodedError } from '#sandbox';
import { hostError } from '#host/base';
import { toMakingRow } from '#host/ledger';
import type { Repositories, Store, ToolHeadRow } from '#host/store';
import { changeTools, movePointer } from './move-pointer.ts';
import type { Published, PublishOptions, Succession } from './types.ts';
import { toListedTool, type PreparedVersion } from './version-rows.ts';

/** A draft that is to become a version, and how. */
export interface Publication {
  readonly prepared: PreparedVersion;
  readonly options: PublishOptions;
}

/** @throws TOOL_NAME_TAKEN, PUBLISH_CONFLICT and what `options.succeed` throws */
export function publishVersion(store: Store, publication: Publication): Promise<Published> {
  return changeTools(store, publication.prepared.row.tenant, (rows) => settle(rows, publication));
}

/** All or none. @throws what {@link publishVersion} throws, with `data.entry` */
export async function publishVersions(
  store: Store,
  publications: readonly Publication[],
): Promise<readonly Published[]> {
  const [first] = publications;
  if (first === undefined) return [];
  return changeTools(store, first.prepared.row.tenant, async (rows) => {
    const published: Published[] = [];
    for (const [entry, publication] of publications.entries()) {
      published.push(await settle(rows, publication).catch(rethrowFor(entry)));
    }
    return published;
  });
}

async function settle(rows: Repositories, { prepared, options }: Publication): Promise<Published> {
  const published = await settleVersion(rows, prepared, options);
  if (options.recordAs !== undefined) await rows.makings.insert(toMakingRow(options.recordAs(published)));
  return published;
}

async function settleVersion(
  rows: Repositories,
  { row, texts }: PreparedVersion,
  { replace = false, succeed }: PublishOptions,
): Promise<Published> {
  const { tenant, tool, digest, lineage } = row;
  const head = (await rows.tools.findHead(tenant, tool)) ?? (await createHead(rows, tenant, tool));
  const isLive = head.live_version !== null;

  if (isLive && head.lineage !== lineage && !replace) throw nameTaken(head, lineage);
  if (head.live_version !== null && head.lineage === lineage && head.digest === digest) {
    return { tool, version: head.live_version, digest, unchanged: true };
  }
  const succession = succeed === undefined ? undefined : await followLive(rows, head, succeed);

  const older = await rows.tools.findByDigest(row, head.first_version);
  if (older !== undefined) {
    await movePointer(rows, head, { live_version: older.version });
    return { tool, version: older.version, digest, unchanged: false };
  }

  const version = head.last_version + 1;
  const change = succession === undefined ? null : JSON.stringify(succession.change);
  await movePointer(rows, head, { live_version: version, last_version: version });
  await rows.tools.putTexts(texts);
  await rows.tools.insertVersion({ ...row, version, change, semver: succession?.semver ?? row.semver });
  return { tool, version, digest, unchanged: false };
}

async function followLive(
  rows: Repositories,
  { tenant, name, live_version }: ToolHeadRow,
  succeed: NonNullable<PublishOptions['succeed']>,
): Promise<Succession | undefined> {
  const live = live_version === null ? undefined : await rows.tools.findVersion(tenant, name, live_version);
  return live === undefined ? undefined : succeed(toListedTool(live));
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

function rethrowFor(entry: number): (error: unknown) => never {
  return (error) => {
    // Of what the host itself fails at, no entry is to blame.
    if (!isCodedError(error) || error.fault === 'host') throw error;
    const { code, kind, fault, message, data } = error;
    throw new CodedError({ code, kind, fault, message, data: { ...data, entry } }, { cause: error });
  };
}
