// What a registry keeps of a tool, and what may be asked of it.

import type { Json, Manifest, ToolArtifact } from '#sandbox';
import type { Principal, TenantId } from '#host/base';

/** One row of a making report. */
export interface MakingStep {
  readonly step: 'find' | 'check' | 'render' | 'compile' | 'inspect' | 'probe' | 'publish';
  readonly ms: number;
  readonly verdict: 'ok' | 'failed' | 'skipped';
  /** One line for a human: what was done or what is at fault. */
  readonly detail?: string;
}

/** Everything a making produced, ready to be published. */
export interface VersionDraft {
  readonly manifest: Manifest;
  readonly artifact: ToolArtifact;
  /** `template:<name>` or `source:<name>`; two makings with one lineage make versions of one tool. */
  readonly lineage: string;
  /** The TypeScript that was compiled: rendered or given. */
  readonly source: string;
  readonly sourceMap: string;
  readonly report: readonly MakingStep[];
}

/** An immutable version of a tool. */
export interface ToolVersion {
  readonly tenant: TenantId;
  readonly tool: string;
  /** 1, 2, 3 … within the tool; `tool@2` names it. */
  readonly version: number;
  readonly digest: string;
  readonly lineage: string;
  readonly manifest: Manifest;
  readonly artifact: ToolArtifact;
  readonly publishedAt: number;
  readonly publishedBy: string;
}

/** A version in a listing. */
export interface VersionSummary {
  readonly version: number;
  readonly digest: string;
  /** The author's semantic version. */
  readonly semver: string;
  readonly lineage: string;
  readonly publishedAt: number;
  readonly publishedBy: string;
  readonly live: boolean;
  readonly quarantined: boolean;
}

/** What publishing came to. */
export interface Published {
  readonly tool: string;
  readonly version: number;
  readonly digest: string;
  /** The live version had this digest already: nothing was written but the ledger row. */
  readonly unchanged: boolean;
}

/** Which tools exist. Serves from memory; other processes' changes arrive within 500 ms. */
export interface Registry extends AsyncDisposable {
  /** Live tools of a tenant, sorted by name. Same array until something changes. */
  list(tenant: TenantId): readonly ToolVersion[];
  /** Category → names, both sorted. */
  categories(tenant: TenantId): Readonly<Record<string, readonly string[]>>;
  /** `name` (live version) or `name@2`. @throws TOOL_NOT_FOUND, VERSION_NOT_FOUND */
  get(tenant: TenantId, reference: string): Promise<ToolVersion>;
  /** Newest first. @throws TOOL_NOT_FOUND */
  versions(tenant: TenantId, tool: string): Promise<readonly VersionSummary[]>;
  /**
   * Writes the version and swaps the tool's pointer in one transaction.
   *
   * Same lineage and digest as the live version → `unchanged`; same digest as an older version → the pointer moves back
   * to it; same lineage, new digest → next version; other lineage → refused unless `replace`.
   *
   * @throws TOOL_NAME_TAKEN, PUBLISH_CONFLICT, STORE_BUSY, STORE_FULL
   */
  publish(principal: Principal, draft: VersionDraft, options?: { readonly replace?: boolean }): Promise<Published>;
  /** Makes an older version live: `to`, or the one before the live one. @throws TOOL_NOT_FOUND, VERSION_NOT_FOUND */
  rollback(principal: Principal, tool: string, to?: number): Promise<Published>;
  /** Takes a tool off the list. Its versions and runs stay in the ledger; the name is free again. @throws TOOL_NOT_FOUND */
  remove(principal: Principal, tool: string): Promise<{ readonly tool: string; readonly versions: number }>;
  /** Calls `listener` after every change of a tenant's list, own or another process's. */
  onChange(listener: (tenant: TenantId) => void): Disposable;
}

/** An example: what a version is probed with before it is published. */
export interface ToolExample {
  readonly title?: string;
  readonly input: Json;
  /** When absent, any output that fits the schema passes. */
  readonly output?: Json;
}
