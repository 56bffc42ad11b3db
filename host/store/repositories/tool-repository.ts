// Tools and versions, as rows.

import type { Kysely } from 'kysely';

import type { Tables, ToolRow, VersionRow } from '../tables.ts';
import type { ChangedTool, ToolHeadRow, ToolRepository, VersionHistoryRow } from '../types.ts';
import type { Handles } from './handles.ts';

/** The tool repository of a database. */
export function createToolRepository({ read, write }: Handles): ToolRepository {
  return {
    changedSince: (tenant, revision) => changedSince(read, tenant, revision),
    findHead: (tenant, tool) => findHead(read, tenant, tool),
    findVersion: (tenant, tool, version) =>
      read
        .selectFrom('tool_versions')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('tool', '=', tool)
        .where('version', '=', version)
        .executeTakeFirst(),
    findByDigest: ({ tenant, tool, lineage, digest }, firstVersion) =>
      read
        .selectFrom('tool_versions')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('tool', '=', tool)
        .where('lineage', '=', lineage)
        .where('digest', '=', digest)
        .where('version', '>=', firstVersion)
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst(),
    history: (tenant, tool, firstVersion) => history(read, tenant, tool, firstVersion),
    ensureTool: (tenant, tool) => ensureTool(write, tenant, tool),
    moveHead: (from, to) => moveHead(write, from, to),
    insertVersion: async (version) => {
      await write.insertInto('tool_versions').values(version).execute();
    },
    putTexts: (texts) => putTexts(write, texts),
    getTexts: (digests) => getTexts(read, digests),
  };
}

async function changedSince(db: Kysely<Tables>, tenant: string, revision: number): Promise<readonly ChangedTool[]> {
  // Pointers first: what moves between the two queries has a higher revision and is asked for again, never missed.
  const tools = await db
    .selectFrom('tools')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('revision', '>', revision)
    .execute();
  const live = await db
    .selectFrom('tools')
    .innerJoin('tool_versions', (join) =>
      join
        .onRef('tool_versions.tenant', '=', 'tools.tenant')
        .onRef('tool_versions.tool', '=', 'tools.name')
        .onRef('tool_versions.version', '=', 'tools.live_version'),
    )
    .selectAll('tool_versions')
    .where('tools.tenant', '=', tenant)
    .where('tools.revision', '>', revision)
    .execute();
  const byName = new Map<string, VersionRow>(live.map((version) => [version.tool, version]));
  return tools.map((tool) => ({ tool, live: byName.get(tool.name) }));
}

function findHead(db: Kysely<Tables>, tenant: string, tool: string): Promise<ToolHeadRow | undefined> {
  return db
    .selectFrom('tools')
    .leftJoin('tool_versions', (join) =>
      join
        .onRef('tool_versions.tenant', '=', 'tools.tenant')
        .onRef('tool_versions.tool', '=', 'tools.name')
        .onRef('tool_versions.version', '=', 'tools.live_version'),
    )
    .selectAll('tools')
    .select(['tool_versions.digest', 'tool_versions.lineage'])
    .where('tools.tenant', '=', tenant)
    .where('tools.name', '=', tool)
    .executeTakeFirst();
}

async function history(
  db: Kysely<Tables>,
  tenant: string,
  tool: string,
  firstVersion: number,
): Promise<readonly VersionHistoryRow[]> {
  const rows = await db
    .selectFrom('tool_versions')
    .leftJoin('quarantines', (join) =>
      join
        .onRef('quarantines.tenant', '=', 'tool_versions.tenant')
        .onRef('quarantines.digest', '=', 'tool_versions.digest'),
    )
    .selectAll('tool_versions')
    .select('quarantines.quarantined_at')
    .where('tool_versions.tenant', '=', tenant)
    .where('tool_versions.tool', '=', tool)
    .where('tool_versions.version', '>=', firstVersion)
    .orderBy('tool_versions.version', 'desc')
    .execute();
  return rows.map(({ quarantined_at, ...version }) => ({ ...version, quarantined: quarantined_at !== null }));
}

async function ensureTool(db: Kysely<Tables>, tenant: string, name: string): Promise<void> {
  await db
    .insertInto('tools')
    .values({ tenant, name, first_version: 1, last_version: 0, live_version: null, revision: 0 })
    .onConflict((conflict) => conflict.columns(['tenant', 'name']).doNothing())
    .execute();
}

/** Compare and swap: whoever read the pointer before somebody else moved it finds no row to update. */
async function moveHead(db: Kysely<Tables>, from: ToolRow, to: Omit<ToolRow, 'tenant' | 'name'>): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('tools')
    .set(to)
    .where('tenant', '=', from.tenant)
    .where('name', '=', from.name)
    .where('revision', '=', from.revision)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

async function putTexts(db: Kysely<Tables>, texts: ReadonlyMap<string, string>): Promise<void> {
  // In one order everywhere: two that write the same texts at once must not wait for each other.
  for (const [digest, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await db
      .insertInto('texts')
      .values({ digest, content: Buffer.from(text, 'utf8') })
      .onConflict((conflict) => conflict.column('digest').doNothing())
      .execute();
  }
}

async function getTexts(db: Kysely<Tables>, digests: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('texts').selectAll().where('digest', 'in', digests).execute();
  return new Map(rows.map(({ digest, content }) => [digest, Buffer.from(content).toString('utf8')]));
}
