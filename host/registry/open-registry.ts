// The registry over a store: listings from memory, changes through one transaction each, then a look at what changed.

import type { Clock, Principal, TenantId } from '#host/base';
import type { Store, VersionRow } from '#host/store';
import { categoriesOf } from './categories.ts';
import { Listeners } from './listeners.ts';
import { Mounts } from './mounts.ts';
import { publishVersion, publishVersions, type Publication } from './publish-version.ts';
import { parseReference, toolNotFound, versionNotFound } from './reference.ts';
import { nameHeld, type MountedTool } from './tenant-mounts.ts';
import { TenantTools, type LiveTool } from './tenant-tools.ts';
import type {
  FoundResource,
  ListedTool,
  ListTopic,
  Mount,
  PromptVersion,
  Published,
  PublishOptions,
  Registry,
  ResourceVersion,
  SetEntry,
  ToolVersion,
  VersionDraft,
  VersionSource,
  VersionSummary,
} from './types.ts';
import { VersionCache } from './version-cache.ts';
import { loadSource, loadVersion, prepareVersion, toSummary } from './version-rows.ts';
import { removeTool, rollbackTool } from './withdraw-version.ts';

const DEFAULT_CACHE_BYTES = 64 * 1024 * 1024;
const NO_TOOLS: readonly ListedTool[] = [];

/** What a registry needs. */
export interface RegistryOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Follow what other processes publish. A command that ends at once has no use for it. @default true */
  readonly watch?: boolean;
  /** How much of the versions' scripts, validators and contexts stays in memory. @default 64 MiB */
  readonly cacheBytes?: number;
}

/** Opens the registry of a store; the store outlives it. @throws STORE_BUSY, STORE_FAILED */
export async function openRegistry(options: RegistryOptions): Promise<Registry> {
  const registry = new StoredRegistry(options);
  await registry.load();
  if (options.watch ?? true) registry.follow();
  return registry;
}

class StoredRegistry implements Registry {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #cache: VersionCache;
  readonly #tenants = new Map<string, TenantTools>();
  readonly #changes = new Listeners<[tenant: TenantId, topic: ListTopic]>();
  readonly #mounts = new Mounts((tenant, topic) => this.#changes.tell(tenant, topic));
  readonly #updates = new Listeners<[tenant: TenantId, uri: string]>();
  #following: Disposable | undefined;
  #refreshed: Promise<void> = Promise.resolve();

  constructor({ store, clock, cacheBytes = DEFAULT_CACHE_BYTES }: RegistryOptions) {
    this.#store = store;
    this.#clock = clock;
    this.#cache = new VersionCache(cacheBytes);
  }

  async load(): Promise<void> {
    for (const { tenant, topic } of await this.#store.revisions.all()) {
      if (topic === 'tools') await this.#refresh(tenant);
    }
  }

  follow(): void {
    this.#following = this.#store.watch(async ({ tenant, topic, revision }) => {
      if (topic === 'tools' && revision > this.#toolsOf(tenant).revision) await this.#refresh(tenant);
    });
  }

  list(tenant: TenantId): readonly ListedTool[] {
    const stored = this.#tenants.get(tenant)?.list ?? NO_TOOLS;
    return this.#mounts.beside(tenant, stored);
  }

  categories(tenant: TenantId): Readonly<Record<string, readonly string[]>> {
    return categoriesOf(this.list(tenant));
  }

  async get(tenant: TenantId, reference: string): Promise<ToolVersion> {
    const mounted = this.#mounts.findTool(tenant, reference);
    if (mounted !== undefined) return mounted.version;
    const { tool, number } = await this.#resolve(tenant, reference);
    const cached = this.#cache.find(tenant, tool, number);
    if (cached !== undefined) return cached;
    const version = await loadVersion(this.#store.tools, await this.#getRow(tenant, tool, number));
    this.#cache.add(version);
    return version;
  }

  async getSource(tenant: TenantId, reference: string): Promise<VersionSource> {
    const mounted = this.#mounts.findTool(tenant, reference);
    if (mounted !== undefined) return mounted.source;
    const { tool, number } = await this.#resolve(tenant, reference);
    return loadSource(this.#store.tools, await this.#getRow(tenant, tool, number));
  }

  async versions(tenant: TenantId, tool: string): Promise<readonly VersionSummary[]> {
    const mounted = this.#mounts.findTool(tenant, tool);
    if (mounted !== undefined) return [await this.#summarise(mounted)];
    const { listed, firstVersion } = await this.#getLive(tenant, tool);
    const rows = await this.#store.tools.history(tenant, tool, firstVersion);
    return rows.map((row) => toSummary(row, listed.version));
  }

  async publish(principal: Principal, draft: VersionDraft, options: PublishOptions = {}): Promise<Published> {
    const published = await publishVersion(this.#store, this.#prepare(principal, { draft, options }));
    await this.#showOwnChange(principal.tenant);
    return published;
  }

  async publishSet(principal: Principal, entries: readonly SetEntry[]): Promise<readonly Published[]> {
    const publications = entries.map((entry) => this.#prepare(principal, entry));
    const published = await publishVersions(this.#store, publications);
    await this.#showOwnChange(principal.tenant);
    return published;
  }

  async rollback(principal: Principal, tool: string, to?: number): Promise<Published> {
    this.#mounts.checkFree(principal.tenant, tool);
    const published = await rollbackTool(this.#store, { principal, tool, at: this.#clock.now() }, to);
    await this.#showOwnChange(principal.tenant);
    return published;
  }

  async remove(principal: Principal, tool: string): Promise<{ readonly tool: string; readonly versions: number }> {
    this.#mounts.checkFree(principal.tenant, tool);
    const versions = await removeTool(this.#store, { principal, tool, at: this.#clock.now() });
    await this.#showOwnChange(principal.tenant);
    return { tool, versions };
  }

  mount(principal: Principal, mount: Mount): Disposable {
    const stored = this.#tenants.get(principal.tenant);
    const taken = mount.tools.find(({ manifest }) => stored?.find(manifest.name) !== undefined);
    if (taken !== undefined) throw nameHeld('tool', taken.manifest.name);
    return this.#mounts.add(principal, mount, this.#clock.now());
  }

  prompts(tenant: TenantId): readonly PromptVersion[] {
    return this.#mounts.prompts(tenant);
  }

  getPrompt(tenant: TenantId, name: string): PromptVersion {
    return this.#mounts.getPrompt(tenant, name);
  }

  resources(tenant: TenantId): readonly ResourceVersion[] {
    return this.#mounts.resources(tenant);
  }

  getResource(tenant: TenantId, uri: string): FoundResource {
    return this.#mounts.getResource(tenant, uri);
  }

  setShown(tenant: TenantId, topic: ListTopic, name: string, shown: boolean): boolean {
    return this.#mounts.setShown(tenant, topic, name, shown);
  }

  announceUpdate(tenant: TenantId, uri: string): void {
    this.#updates.tell(tenant, uri);
  }

  onUpdate(listener: (tenant: TenantId, uri: string) => void): Disposable {
    return this.#updates.add(listener);
  }

  onChange(listener: (tenant: TenantId, topic: ListTopic) => void): Disposable {
    return this.#changes.add(listener);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#following?.[Symbol.dispose]();
    this.#changes.clear();
    this.#updates.clear();
    await this.#refreshed;
  }

  #prepare(principal: Principal, { draft, options = {} }: SetEntry): Publication {
    this.#mounts.checkFree(principal.tenant, draft.manifest.name);
    return { prepared: prepareVersion(principal, draft, this.#clock.now()), options };
  }

  async #summarise({ version: mounted, found }: MountedTool): Promise<VersionSummary> {
    const { tenant, version, digest, semver, lineage, publishedAt, publishedBy } = mounted;
    const quarantined = (await this.#store.convictions.quarantined(tenant)).includes(digest);
    return { version, digest, semver, lineage, publishedAt, publishedBy, live: true, quarantined, ...found };
  }

  async #resolve(tenant: TenantId, reference: string): Promise<{ readonly tool: string; readonly number: number }> {
    const { tool, version } = parseReference(reference);
    const { listed, firstVersion } = await this.#getLive(tenant, tool);
    const number = version ?? listed.version;
    if (number < firstVersion) throw versionNotFound(tool, number);
    return { tool, number };
  }

  async #getLive(tenant: TenantId, tool: string): Promise<LiveTool> {
    const known = this.#tenants.get(tenant)?.find(tool);
    if (known !== undefined) return known;
    // Another process may have published it a moment ago.
    await this.#refresh(tenant);
    const live = this.#tenants.get(tenant)?.find(tool);
    if (live === undefined) throw toolNotFound(tool);
    return live;
  }

  async #getRow(tenant: TenantId, tool: string, number: number): Promise<VersionRow> {
    const row = await this.#store.tools.findVersion(tenant, tool, number);
    if (row === undefined) throw versionNotFound(tool, number);
    return row;
  }

  async #showOwnChange(tenant: TenantId): Promise<void> {
    try {
      await this.#refresh(tenant);
    } catch {
      // It is committed, so it must not be reported as failed; the list catches up at the next poll.
    }
  }

  /** One at a time: a slow answer must not overwrite a newer one. */
  #refresh(tenant: string): Promise<void> {
    const refreshed = this.#refreshed.then(() => this.#readChanges(tenant));
    this.#refreshed = refreshed.catch(() => undefined);
    return refreshed;
  }

  async #readChanges(tenant: string): Promise<void> {
    const tools = this.#toolsOf(tenant);
    const changes = await this.#store.tools.changedSince(tenant, tools.revision);
    if (changes.length === 0) return;
    tools.apply(changes);
    this.#changes.tell(tenant as TenantId, 'tools');
  }

  #toolsOf(tenant: string): TenantTools {
    const known = this.#tenants.get(tenant);
    if (known !== undefined) return known;
    const tools = new TenantTools();
    this.#tenants.set(tenant, tools);
    return tools;
  }
}
