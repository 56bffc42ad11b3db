// Between versions and rows: long texts go under their digests.

import { hostError, sha256, type Principal, type TenantId } from '#host/base';
import type { ToolRepository, VersionHistoryRow, VersionRow } from '#host/store';
import type { Manifest } from '#sandbox';
import { findingsOf } from './findings.ts';
import type {
  ListedTool,
  MakingStep,
  ToolVersion,
  VersionChange,
  VersionDraft,
  VersionSource,
  VersionSummary,
} from './types.ts';

/** A draft ready to be written: everything but its version's number and what it changes. */
export interface PreparedVersion {
  readonly row: Omit<VersionRow, 'version' | 'change'>;
  readonly texts: ReadonlyMap<string, string>;
}

/** A draft as rows. */
export function prepareVersion(principal: Principal, draft: VersionDraft, publishedAt: number): PreparedVersion {
  const texts = new Map<string, string>();
  const keep = (text: string): string => {
    const digest = sha256(text);
    texts.set(digest, text);
    return digest;
  };
  return {
    row: {
      tenant: principal.tenant,
      tool: draft.manifest.name,
      digest: draft.artifact.digest,
      lineage: draft.lineage,
      semver: draft.manifest.version,
      manifest: JSON.stringify(draft.manifest),
      report: JSON.stringify(draft.report),
      published_at: publishedAt,
      published_by: principal.id,
      script_digest: keep(draft.artifact.script),
      validators_digest: keep(draft.artifact.validators),
      context_digest: keep(draft.artifact.context),
      source_digest: keep(draft.source),
      source_map_digest: keep(draft.sourceMap),
    },
    texts,
  };
}

/** A version without its texts. */
export function toListedTool(row: VersionRow): ListedTool {
  return {
    tenant: row.tenant as TenantId,
    tool: row.tool,
    version: row.version,
    digest: row.digest,
    semver: row.semver,
    lineage: row.lineage,
    manifest: JSON.parse(row.manifest) as Manifest,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
  };
}

/** A version with what a cell runs. */
export async function loadVersion(tools: ToolRepository, row: VersionRow): Promise<ToolVersion> {
  const texts = await tools.getTexts([row.script_digest, row.validators_digest, row.context_digest]);
  return {
    ...toListedTool(row),
    artifact: {
      digest: row.digest,
      tool: row.tool,
      script: textOf(texts, row.script_digest),
      validators: textOf(texts, row.validators_digest),
      context: textOf(texts, row.context_digest),
    },
  };
}

/** What a version was compiled from. */
export async function loadSource(tools: ToolRepository, row: VersionRow): Promise<VersionSource> {
  const texts = await tools.getTexts([row.source_digest, row.source_map_digest]);
  return { source: textOf(texts, row.source_digest), sourceMap: textOf(texts, row.source_map_digest) };
}

/** A version in the history of its tool. */
export function toSummary(row: VersionHistoryRow, liveVersion: number): VersionSummary {
  return {
    version: row.version,
    digest: row.digest,
    semver: row.semver,
    lineage: row.lineage,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
    live: row.version === liveVersion,
    quarantined: row.quarantined,
    ...(row.change === null ? {} : { change: JSON.parse(row.change) as VersionChange }),
    ...findingsOf(JSON.parse(row.report) as readonly MakingStep[]),
  };
}

function textOf(texts: ReadonlyMap<string, string>, digest: string): string {
  const text = texts.get(digest);
  // Foreign keys hold every text a version names: only a damaged database gets here.
  if (text === undefined)
    throw hostError('STORE_FAILED', `the store lost the text ${digest}`, { reason: 'damaged', digest });
  return text;
}
