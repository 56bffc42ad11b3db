// resources/list, resources/templates/list and resources/read.

import type {
  InputRequiredResult,
  ListResourcesResult,
  ListResourceTemplatesResult,
  ReadResourceResult,
  Resource,
  ResourceTemplateType,
} from '@modelcontextprotocol/server';
import type { Principal } from '#host/base';
import type { Caller } from '#host/calling';
import type { Registry, ResourceManifest, ResourceVersion } from '#host/registry';
import { META_KEYS } from './meta-keys.ts';
import { pageOf } from './pages.ts';
import { projectOnce } from './project-once.ts';
import { inputRequired, runMeta } from './results.ts';
import type { McpResourceCall } from './types.ts';

/** The part of the backend that serves resources. */
export interface Resources {
  listResources(principal: Principal, cursor?: string): ListResourcesResult;
  listResourceTemplates(principal: Principal, cursor?: string): ListResourceTemplatesResult;
  readResource(call: McpResourceCall): Promise<ReadResourceResult | InputRequiredResult>;
  assertServed(principal: Principal, uri: string): void;
}

/** Serves what the registry has. */
export function createResources(registry: Registry, caller: Caller): Resources {
  const resourcesOf = projectOnce(toMcpResource);
  const templatesOf = projectOnce(toMcpTemplate);
  return {
    listResources({ tenant }, cursor) {
      const { items, next } = pageOf(resourcesOf(registry.resources(tenant)), cursor);
      return { resources: items, ...next };
    },
    listResourceTemplates({ tenant }, cursor) {
      const { items, next } = pageOf(templatesOf(registry.resources(tenant)), cursor);
      return { resourceTemplates: items, ...next };
    },
    async readResource({ era, ...call }) {
      const { manifest } = registry.getResource(call.principal.tenant, call.uri).resource;
      const reply = await caller.readResource(call);
      if (reply.kind !== 'result') return inputRequired(reply);
      const { contents } = reply.result;
      const result = { contents, _meta: runMeta(reply.result), ...(era === 'newer' ? cacheHint(manifest) : {}) };
      return result as ReadResourceResult;
    },
    assertServed({ tenant }, uri) {
      registry.getResource(tenant, uri);
    },
  };
}

/** What it says to keep; the SDK fills in "not at all" where a manifest says nothing. */
function cacheHint({ cache }: ResourceManifest): { readonly ttlMs?: number; readonly cacheScope?: string } {
  return cache === undefined ? {} : { ttlMs: cache.ttlMs, cacheScope: cache.scope };
}

function toMcpResource(resource: ResourceVersion): Resource | undefined {
  const { uri, size } = resource.manifest;
  return isTemplate(uri) ? undefined : { ...described(resource), uri, ...(size === undefined ? {} : { size }) };
}

function toMcpTemplate(resource: ResourceVersion): ResourceTemplateType | undefined {
  const { uri } = resource.manifest;
  return isTemplate(uri) ? { ...described(resource), uriTemplate: uri } : undefined;
}

/** A brace is no character of a URI, so one in it makes it a template (RFC 6570, section 2). */
function isTemplate(uri: string): boolean {
  return uri.includes('{');
}

function described({ manifest, version, digest }: ResourceVersion) {
  const { name, title, description, mimeType, annotations } = manifest;
  return {
    name,
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(mimeType === undefined ? {} : { mimeType }),
    ...(annotations === undefined ? {} : { annotations: annotations as NonNullable<Resource['annotations']> }),
    _meta: { [META_KEYS.version]: version, [META_KEYS.digest]: digest },
  };
}
