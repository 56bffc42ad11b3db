// What a registry keeps of a tool, and what may be asked of it.

import type { Finding, Grants, Json, Limits, Manifest, ToolArtifact } from '#sandbox';
import type { Principal, TenantId } from '#host/base';
import type { MakingRecord } from '#host/ledger';

/** One row of a making report. */
export interface MakingStep {
  readonly step: 'find' | 'check' | 'render' | 'compile' | 'inspect' | 'probe' | 'publish';
  readonly ms: number;
  readonly verdict: 'ok' | 'failed' | 'skipped';
  /** One line for a human: what was done or what is at fault. */
  readonly detail?: string;
  /** Of `inspect`: what is suspicious about the texts the tool was made from; absent when nothing is. */
  readonly findings?: readonly Finding[];
  /** How many more there are than `findings` shows. @default 0 */
  readonly moreFindings?: number;
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

/** How much the callers of a tool notice of its next version, from nothing to calls that fail. */
export type ChangeKind = 'none' | 'description' | 'additive' | 'breaking';

/** One difference between two versions. */
export interface Change {
  readonly role: 'input' | 'output' | 'grants' | 'annotations' | 'limits' | 'manifest';
  /** JSON pointer: for schemas into the values they describe, `*` for any item or other property; '' is the whole. */
  readonly path: string;
  readonly kind: Exclude<ChangeKind, 'none'>;
  /** For a human: `now required`. */
  readonly what: string;
}

/** What a version changed against the one it took the place of. */
export interface VersionChange {
  /** The version it took the place of. */
  readonly against: number;
  /** That of the gravest change. */
  readonly kind: ChangeKind;
  /** The gravest first. */
  readonly changes: readonly Change[];
  /** How many more there are than `changes` shows. @default 0 */
  readonly more?: number;
}

/** How a version follows the live one. */
export interface Succession {
  readonly semver: string;
  readonly change: VersionChange;
}

/** A prompt's manifest after it was checked. */
export interface PromptManifest {
  /** snake_case, at most 64 characters. */
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly arguments: readonly {
    readonly name: string;
    readonly title?: string;
    readonly description?: string;
    /** @default false */
    readonly required?: boolean;
  }[];
  readonly grants: Grants;
  readonly limits: Limits;
}

/** A resource's manifest after it was checked. */
export interface ResourceManifest {
  /** snake_case, at most 64 characters. */
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  /** Absolute. With `{variables}` (RFC 6570, levels 1 and 2 of the form `{name}` and `{+name}`) it is a template of many resources. */
  readonly uri: string;
  readonly mimeType?: string;
  /** Bytes, where known beforehand. */
  readonly size?: number;
  readonly annotations?: {
    readonly audience?: readonly ('user' | 'assistant')[];
    /** 0 to 1. */
    readonly priority?: number;
    /** ISO 8601. */
    readonly lastModified?: string;
  };
  /** How long and for whom a client may keep what it read. @default 0 ms, private */
  readonly cache?: { readonly ttlMs: number; readonly scope: 'public' | 'private' };
  readonly grants: Grants;
  readonly limits: Limits;
}

/** A version of a prompt or a resource, with everything a cell needs to run it. */
export interface MountedVersion<OwnManifest> {
  readonly tenant: TenantId;
  readonly name: string;
  readonly version: number;
  readonly digest: string;
  readonly manifest: OwnManifest;
  readonly artifact: ToolArtifact;
  /** Source map (version 3) of its script, JSON text. */
  readonly sourceMap: string;
}

/** A prompt that is served. */
export type PromptVersion = MountedVersion<PromptManifest>;

/** A resource, or a template of resources, that is served. */
export type ResourceVersion = MountedVersion<ResourceManifest>;

/** A resource by its URI, with the values of its template's variables. */
export interface FoundResource {
  readonly resource: ResourceVersion;
  readonly variables: Readonly<Record<string, string>>;
}

/** What looks suspicious about something in a mounted folder. */
export interface SuspiciousItem {
  /** Its source file within the folder; `lib` for what the sources share. */
  readonly path: string;
  readonly findings: readonly Finding[];
  /** How many more there are than `findings` shows. @default 0 */
  readonly moreFindings?: number;
}

/** Everything a mounted folder serves. */
export interface Mount {
  readonly tools: readonly VersionDraft[];
  readonly prompts: readonly Omit<PromptVersion, 'tenant' | 'version'>[];
  readonly resources: readonly Omit<ResourceVersion, 'tenant' | 'version'>[];
  /** @default nothing is */
  readonly suspicious?: readonly SuspiciousItem[];
}

/** What clients see lists of. */
export type ListTopic = 'tools' | 'prompts' | 'resources';

/** An immutable version of a tool without the texts it runs: what is kept in memory for every live tool. */
export interface ListedTool {
  readonly tenant: TenantId;
  readonly tool: string;
  /** 1, 2, 3 … within the tool; `tool@2` names it. */
  readonly version: number;
  readonly digest: string;
  /** What it was published as: the author's version, or a higher one that says how much it changed. */
  readonly semver: string;
  readonly lineage: string;
  /** As its author wrote it, with the author's version. */
  readonly manifest: Manifest;
  /** Epoch milliseconds. */
  readonly publishedAt: number;
  readonly publishedBy: string;
}

/** An immutable version with everything a cell needs to run it. */
export interface ToolVersion extends ListedTool {
  readonly artifact: ToolArtifact;
}

/** What a version was compiled from, and the way back to it from a position in the script. */
export interface VersionSource {
  readonly source: string;
  /** Source map (version 3), JSON text. */
  readonly sourceMap: string;
}

/** A version in the history of its tool. */
export interface VersionSummary {
  readonly version: number;
  readonly digest: string;
  /** The author's semantic version, or a higher one that says how much changed. */
  readonly semver: string;
  readonly lineage: string;
  readonly publishedAt: number;
  readonly publishedBy: string;
  readonly live: boolean;
  readonly quarantined: boolean;
  /** Absent for a tool's first version. */
  readonly change?: VersionChange;
  /** What was suspicious about it when it was made; absent when nothing was. */
  readonly findings?: readonly Finding[];
  /** How many more there are than `findings` shows. @default 0 */
  readonly moreFindings?: number;
}

/** What publishing came to. */
export interface Published {
  readonly tool: string;
  readonly version: number;
  readonly digest: string;
  /** The live version had this digest already: nothing was written but the ledger row. */
  readonly unchanged: boolean;
}

/** How to publish. */
export interface PublishOptions {
  /** Take the name over from a tool of another lineage. Its versions stay in the history and can be rolled back to. */
  readonly replace?: boolean;
  /**
   * Says how the version follows the live one; asked within the publishing transaction, so that no other publisher comes
   * between. What it throws refuses the version. @default the author's semantic version, nothing about a change
   */
  readonly succeed?: (live: ListedTool) => Succession;
  /** The making's ledger row, built once the outcome is known and written in the publishing transaction. */
  readonly recordAs?: (published: Published) => MakingRecord;
}

/** One version of a set. */
export interface SetEntry {
  readonly draft: VersionDraft;
  readonly options?: PublishOptions;
}

/** Which tools exist. Serves from memory; other processes' changes arrive within 500 ms. */
export interface Registry extends AsyncDisposable {
  /** Live tools of a tenant, sorted by name. Same array until something changes. */
  list(tenant: TenantId): readonly ListedTool[];
  /** Category → names, both sorted. */
  categories(tenant: TenantId): Readonly<Record<string, readonly string[]>>;
  /** `name` (live version) or `name@2`. @throws TOOL_NOT_FOUND, VERSION_NOT_FOUND */
  get(tenant: TenantId, reference: string): Promise<ToolVersion>;
  /** What a version was compiled from. @throws TOOL_NOT_FOUND, VERSION_NOT_FOUND */
  getSource(tenant: TenantId, reference: string): Promise<VersionSource>;
  /** Newest first. @throws TOOL_NOT_FOUND */
  versions(tenant: TenantId, tool: string): Promise<readonly VersionSummary[]>;
  /**
   * Writes the version and swaps the tool's pointer in one transaction.
   *
   * Same lineage and digest as the live version → `unchanged`; same digest as an older version → the pointer moves back
   * to it; same lineage, new digest → next version; other lineage → refused unless `replace`.
   *
   * @throws TOOL_NAME_TAKEN when the name belongs to another lineage; `data` names both
   * @throws PUBLISH_CONFLICT when another process moved the pointer at the same moment
   * @throws STORE_BUSY, STORE_FULL, STORE_FAILED
   */
  publish(principal: Principal, draft: VersionDraft, options?: PublishOptions): Promise<Published>;
  /**
   * Publishes several versions in one transaction: all or none. Listeners hear of them once.
   *
   * @throws what {@link publish} throws, with `data.entry`: the index of the version at fault, where there is one
   */
  publishSet(principal: Principal, entries: readonly SetEntry[]): Promise<readonly Published[]>;
  /**
   * Makes another version live: `to`, or the newest one older than the live one.
   *
   * @throws TOOL_NOT_FOUND, VERSION_NOT_FOUND, PUBLISH_CONFLICT
   */
  rollback(principal: Principal, tool: string, to?: number): Promise<Published>;
  /**
   * Takes a tool off the list and frees its name. Its versions stay in the store for the ledger, out of reach; a tool
   * made under the name later continues their numbers, so `tool@1` never means two things.
   *
   * @throws TOOL_NOT_FOUND, PUBLISH_CONFLICT
   */
  remove(principal: Principal, tool: string): Promise<{ readonly tool: string; readonly versions: number }>;
  /**
   * Serves what a folder holds beside what is published, in this process, until disposed. Mounted tools have version 1.
   *
   * @throws TOOL_NAME_TAKEN when a tool, prompt or resource of that name, or a resource of that URI, is served already, or
   *   a `listing.change` of one folder names what another holds
   */
  mount(principal: Principal, mount: Mount): Disposable;
  /** Prompts of a tenant, sorted by name. Same array until something changes. */
  prompts(tenant: TenantId): readonly PromptVersion[];
  /** @throws PROMPT_NOT_FOUND */
  getPrompt(tenant: TenantId, name: string): PromptVersion;
  /** Resources and templates of a tenant, sorted by name. Same array until something changes. */
  resources(tenant: TenantId): readonly ResourceVersion[];
  /** The resource a URI means. @throws RESOURCE_NOT_FOUND */
  getResource(tenant: TenantId, uri: string): FoundResource;
  /** Shows or hides a mounted tool, prompt or resource; whether it was shown before. A hidden one is not found. @throws MOUNT_INVALID when nothing mounted has the name */
  setShown(tenant: TenantId, topic: ListTopic, name: string, shown: boolean): boolean;
  /** Tells listeners that a resource has other contents. */
  announceUpdate(tenant: TenantId, uri: string): void;
  /** Calls `listener` after every update announced. */
  onUpdate(listener: (tenant: TenantId, uri: string) => void): Disposable;
  /** Calls `listener` after every change of a tenant's lists, own or another process's. */
  onChange(listener: (tenant: TenantId, topic: ListTopic) => void): Disposable;
}

/** An example: what a version is probed with before it is published. */
export interface ToolExample {
  readonly title?: string;
  readonly input: Json;
  /** When absent, any output that fits the schema passes. */
  readonly output?: Json;
}
