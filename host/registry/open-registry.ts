// The registry over a store: listings from memory, changes through one transaction each, then a look at what changed.

import type { Clock, Principal, TenantId } from '#host/base';
import type { Store, VersionRow } from '#host/store';
import { publishVersion } from './publish-version.ts';
import { parseReference, toolNotFound, versionNotFound } from './reference.ts';
import { TenantTools, type LiveTool } from './tenant-tools.ts';
import type {
  ListedTool,
  Published,
  PublishOptions,
  Registry,
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
  readonly #listeners = new Set<(tenant: TenantId) => void>();
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
    return this.#tenants.get(tenant)?.list ?? NO_TOOLS;
  }

  categories(tenant: TenantId): Readonly<Record<string, readonly string[]>> {
    return this.#tenants.get(tenant)?.categories ?? {};
  }

  async get(tenant: TenantId, reference: string): Promise<ToolVersion> {
    const { tool, number } = await this.#resolve(tenant, reference);
    const cached = this.#cache.find(tenant, tool, number);
    if (cached !== undefined) return cached;
    const version = await loadVersion(this.#store.tools, await this.#getRow(tenant, tool, number));
    this.#cache.add(version);
    return version;
  }

  async getSource(tenant: TenantId, reference: string): Promise<VersionSource> {
    const { tool, number } = await this.#resolve(tenant, reference);
    return loadSource(this.#store.tools, await this.#getRow(tenant, tool, number));
  }

  async versions(tenant: TenantId, tool: string): Promise<readonly VersionSummary[]> {
    const { listed, firstVersion } = await this.#getLive(tenant, tool);
    const rows = await this.#store.tools.history(tenant, tool, firstVersion);
    return rows.map((row) => toSummary(row, listed.version));
  }

  async publish(principal: Principal, draft: VersionDraft, options: PublishOptions = {}): Promise<Published> {
    const prepared = prepareVersion(principal, draft, this.#clock.now());
    const published = await publishVersion(this.#store, prepared, options);
    await this.#showOwnChange(principal.tenant);
    return published;
  }

  async rollback(principal: Principal, tool: string, to?: number): Promise<Published> {
    const published = await rollbackTool(this.#store, principal.tenant, tool, to);
    await this.#showOwnChange(principal.tenant);
    return published;
  }

  async remove(principal: Principal, tool: string): Promise<{ readonly tool: string; readonly versions: number }> {
    const versions = await removeTool(this.#store, principal.tenant, tool);
    await this.#showOwnChange(principal.tenant);
    return { tool, versions };
  }

  onChange(listener: (tenant: TenantId) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#following?.[Symbol.dispose]();
    this.#listeners.clear();
    await this.#refreshed;
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
    for (const listener of this.#listeners) listener(tenant as TenantId);
  }

  #toolsOf(tenant: string): TenantTools {
    const known = this.#tenants.get(tenant);
    if (known !== undefined) return known;
    const tools = new TenantTools();
    this.#tenants.set(tenant, tools);
    return tools;
  }
}
