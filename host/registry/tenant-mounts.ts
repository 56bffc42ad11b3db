// What mounted folders serve one tenant.

import { hostError, type Principal } from '#host/base';
import { findingsOf, type ToldFindings } from './findings.ts';
import { MountedItems } from './mounted-items.ts';
import { compareNames } from './names.ts';
import { ResourceIndex } from './resource-index.ts';
import type {
  FoundResource,
  ListedTool,
  ListTopic,
  Mount,
  PromptManifest,
  PromptVersion,
  ResourceVersion,
  ToolVersion,
  VersionSource,
} from './types.ts';

/** The one version a mounted tool has. */
export const MOUNTED_VERSION = 1;

/** A tool of a mounted folder. */
export interface MountedTool {
  readonly version: ToolVersion;
  readonly source: VersionSource;
  /** What looked suspicious about it. */
  readonly found: ToldFindings;
}

/** What is mounted for one tenant. */
export class TenantMounts {
  readonly #items = {
    tools: new MountedItems<MountedTool>(),
    prompts: new MountedItems<PromptVersion>(),
    resources: new MountedItems<ResourceVersion>(),
  };
  readonly #uris = new ResourceIndex();
  readonly #mounts = new Set<Mount>();
  #list: { readonly stored: readonly ListedTool[]; readonly mounted: unknown; readonly all: readonly ListedTool[] } = {
    stored: [],
    mounted: undefined,
    all: [],
  };

  /** Whether a mounted tool has the name, hidden or not. */
  hasTool(name: string): boolean {
    return this.#items.tools.has(name);
  }

  findTool(name: string): MountedTool | undefined {
    return this.#items.tools.find(name);
  }

  /** Sorted by name; the same array until something changes. */
  get prompts(): readonly PromptVersion[] {
    return this.#items.prompts.shown;
  }

  /** Sorted by name; the same array until something changes. */
  get resources(): readonly ResourceVersion[] {
    return this.#items.resources.shown;
  }

  findPrompt(name: string): PromptVersion | undefined {
    return this.#items.prompts.find(name);
  }

  findResource(uri: string): FoundResource | undefined {
    for (const { name, variables } of this.#uris.matches(uri)) {
      const resource = this.#items.resources.find(name);
      if (resource !== undefined) return { resource, variables };
    }
    return undefined;
  }

  /** The store's tools and the mounted ones; the same array while neither changes. */
  beside(stored: readonly ListedTool[]): readonly ListedTool[] {
    const { tools } = this.#items;
    if (tools.isEmpty) return stored;
    const mounted = tools.shown;
    if (this.#list.stored !== stored || this.#list.mounted !== mounted) {
      const others = stored.filter(({ tool }) => !tools.has(tool));
      const own = mounted.map(({ version: { artifact: _artifact, ...listed } }) => listed);
      const all = [...others, ...own].toSorted((a, b) => compareNames(a.tool, b.tool));
      this.#list = { stored, mounted, all };
    }
    return this.#list.all;
  }

  /** Whether it was shown before; undefined when nothing has the name. */
  setShown(topic: ListTopic, name: string, shown: boolean): boolean | undefined {
    return this.#items[topic].setShown(name, shown);
  }

  /** Adds all a folder serves, or nothing. @throws TOOL_NAME_TAKEN */
  add(principal: Principal, mount: Mount, publishedAt: number): void {
    this.#checkFree(mount);
    for (const other of this.#mounts) checkApart(other, mount);
    this.#mounts.add(mount);
    const { tools, prompts, resources } = mount;
    const { tenant, id: publishedBy } = principal;
    for (const { manifest, artifact, lineage, source, sourceMap, report } of tools) {
      const { name, version: semver } = manifest;
      const version: ToolVersion = {
        tenant,
        tool: name,
        version: MOUNTED_VERSION,
        digest: artifact.digest,
        semver,
        lineage,
        manifest,
        publishedAt,
        publishedBy,
        artifact,
      };
      this.#items.tools.add(name, { version, source: { source, sourceMap }, found: findingsOf(report) });
    }
    for (const prompt of prompts) this.#items.prompts.add(prompt.name, { tenant, version: MOUNTED_VERSION, ...prompt });
    for (const resource of resources) {
      this.#items.resources.add(resource.name, { tenant, version: MOUNTED_VERSION, ...resource });
      this.#uris.add(resource.name, resource.manifest.uri);
    }
  }

  delete(mount: Mount): void {
    this.#mounts.delete(mount);
    const { tools, prompts, resources } = mount;
    for (const { manifest } of tools) this.#items.tools.delete(manifest.name);
    for (const { name } of prompts) this.#items.prompts.delete(name);
    for (const { name, manifest } of resources) {
      this.#items.resources.delete(name);
      this.#uris.delete(name, manifest.uri);
    }
  }

  #checkFree({ tools, prompts, resources }: Mount): void {
    const items = this.#items;
    const uris = resources.map(({ manifest }) => manifest.uri);
    const toolNames = tools.map(({ manifest }) => manifest.name);
    checkOnce('tool', toolNames, (name) => items.tools.has(name));
    checkOnce('prompt', names(prompts), (name) => items.prompts.has(name));
    checkOnce('resource', names(resources), (name) => items.resources.has(name));
    checkOnce('resource URI', uris, (uri) => this.#uris.has(uri));
  }
}

/** TOOL_NAME_TAKEN for what is served already. */
export function nameHeld(kind: string, name: string): Error {
  const message = `the ${kind} "${name}" is served already, from a mounted folder or the store; choose another name`;
  return hostError('TOOL_NAME_TAKEN', message, { kind, name });
}

function names(items: readonly { readonly name: string }[]): readonly string[] {
  return items.map(({ name }) => name);
}

function checkOnce(kind: string, wanted: readonly string[], isHeld: (name: string) => boolean): void {
  const taken = wanted.find((name, index) => isHeld(name) || wanted.indexOf(name) !== index);
  if (taken !== undefined) throw nameHeld(kind, taken);
}

/** `listing.change` is a grant over names: a name it holds must not be an item's of another folder as well. */
function checkApart(one: Mount, other: Mount): void {
  const name = findReached(one, other) ?? findReached(other, one);
  if (name === undefined) return;
  const message = `"${name}" is a name that items of another mounted folder may show and hide; choose another name`;
  throw hostError('TOOL_NAME_TAKEN', message, { name });
}

function findReached(from: Mount, into: Mount): string | undefined {
  const held = new Set(manifestsOf(into).map(({ name }) => name));
  const reached = manifestsOf(from).flatMap(({ grants }) => grants['listing.change'] ?? []);
  return reached.find((name) => held.has(name));
}

function manifestsOf({ tools, prompts, resources }: Mount): readonly Pick<PromptManifest, 'name' | 'grants'>[] {
  return [...tools, ...prompts, ...resources].map(({ manifest }) => manifest);
}
