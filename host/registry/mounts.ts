// What mounted folders serve beside the store, in this process.
//
// A mounted name is held as long as its folder is mounted, hidden or not. A tool that another process publishes under it
// meanwhile is in the store and served there; here the mounted one is.

import { hostError, type Principal, type TenantId } from '#host/base';
import { parseReference, promptNotFound, resourceNotFound, toolNotFound, versionNotFound } from './reference.ts';
import { TenantMounts, type MountedTool } from './tenant-mounts.ts';
import type { FoundResource, ListedTool, ListTopic, Mount, PromptVersion, ResourceVersion } from './types.ts';

const TOPICS: readonly ListTopic[] = ['tools', 'prompts', 'resources'];
const NO_PROMPTS: readonly PromptVersion[] = [];
const NO_RESOURCES: readonly ResourceVersion[] = [];

/** Everything that is mounted, by tenant. */
export class Mounts {
  readonly #tell: (tenant: TenantId, topic: ListTopic) => void;
  readonly #tenants = new Map<TenantId, TenantMounts>();

  /** @param tell hears of every change of a tenant's lists */
  constructor(tell: (tenant: TenantId, topic: ListTopic) => void) {
    this.#tell = tell;
  }

  /** Serves all of a folder, or nothing, until disposed. @throws TOOL_NAME_TAKEN */
  add(principal: Principal, mount: Mount, publishedAt: number): Disposable {
    const { tenant } = principal;
    const mounts = this.#of(tenant);
    mounts.add(principal, mount, publishedAt);
    this.#tellOf(tenant, mount);
    const mounted = new DisposableStack();
    mounted.defer(() => {
      mounts.delete(mount);
      this.#tellOf(tenant, mount);
    });
    return mounted;
  }

  /** The store's tools and the mounted ones; the same array while neither changes. */
  beside(tenant: TenantId, stored: readonly ListedTool[]): readonly ListedTool[] {
    return this.#tenants.get(tenant)?.beside(stored) ?? stored;
  }

  /**
   * What a reference means, if it is the name of a mounted tool.
   *
   * @throws TOOL_NOT_FOUND when it is hidden, VERSION_NOT_FOUND
   */
  findTool(tenant: TenantId, reference: string): MountedTool | undefined {
    const mounts = this.#tenants.get(tenant);
    if (mounts === undefined) return undefined;
    const { tool, version } = parseReference(reference);
    if (!mounts.hasTool(tool)) return undefined;
    const mounted = mounts.findTool(tool);
    if (mounted === undefined) throw toolNotFound(tool);
    if (version !== undefined && version !== mounted.version.version) throw versionNotFound(tool, version);
    return mounted;
  }

  /** For whoever would publish, roll back or remove. @throws TOOL_NAME_TAKEN */
  checkFree(tenant: TenantId, tool: string): void {
    if (this.#tenants.get(tenant)?.hasTool(tool) !== true) return;
    const message = `the tool "${tool}" comes from a mounted folder; change it there and start again, or choose another name`;
    throw hostError('TOOL_NAME_TAKEN', message, { tool, owner: `mount:${tool}` });
  }

  prompts(tenant: TenantId): readonly PromptVersion[] {
    return this.#tenants.get(tenant)?.prompts ?? NO_PROMPTS;
  }

  /** @throws PROMPT_NOT_FOUND */
  getPrompt(tenant: TenantId, name: string): PromptVersion {
    const prompt = this.#tenants.get(tenant)?.findPrompt(name);
    if (prompt === undefined) throw promptNotFound(name);
    return prompt;
  }

  resources(tenant: TenantId): readonly ResourceVersion[] {
    return this.#tenants.get(tenant)?.resources ?? NO_RESOURCES;
  }

  /** @throws RESOURCE_NOT_FOUND */
  getResource(tenant: TenantId, uri: string): FoundResource {
    const found = this.#tenants.get(tenant)?.findResource(uri);
    if (found === undefined) throw resourceNotFound(uri);
    return found;
  }

  /** Whether it was shown before. @throws MOUNT_INVALID when nothing mounted has the name */
  setShown(tenant: TenantId, topic: ListTopic, name: string, shown: boolean): boolean {
    const before = this.#tenants.get(tenant)?.setShown(topic, name, shown);
    if (before === undefined) throw nothingMounted(topic, name);
    if (before !== shown) this.#tell(tenant, topic);
    return before;
  }

  #of(tenant: TenantId): TenantMounts {
    const known = this.#tenants.get(tenant);
    if (known !== undefined) return known;
    const mounts = new TenantMounts();
    this.#tenants.set(tenant, mounts);
    return mounts;
  }

  #tellOf(tenant: TenantId, mount: Mount): void {
    for (const topic of TOPICS) {
      if (mount[topic].length > 0) this.#tell(tenant, topic);
    }
  }
}

function nothingMounted(topic: ListTopic, name: string): Error {
  const message = `no mounted folder has the name "${name.slice(0, 100)}" among its ${topic}`;
  return hostError('MOUNT_INVALID', message, { topic, name: name.slice(0, 100) });
}
