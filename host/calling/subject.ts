// What a call runs: a version of a tool, a prompt or a resource, brought into one shape.

import type { Grants, Limits, TaskSupport, ToolArtifact } from '#sandbox';
import { hostError, type TenantId } from '#host/base';
import type { PromptVersion, Registry, ResourceVersion, ToolVersion } from '#host/registry';

/** One version of whatever can be run. */
export interface Subject {
  readonly tenant: TenantId;
  /** What the ledger calls it: a tool's name, `prompt:name`, `resource:name`. */
  readonly subject: string;
  /** Its name, as a person is shown it. */
  readonly name: string;
  readonly version: number;
  readonly digest: string;
  readonly grants: Grants;
  readonly limits: Limits;
  readonly artifact: ToolArtifact;
  readonly task?: TaskSupport;
  /** @throws TOOL_NOT_FOUND, VERSION_NOT_FOUND when it was removed in the meantime */
  getSourceMap(): Promise<string>;
}

/** A tool's version as a subject. */
export function toolSubject(found: ToolVersion, registry: Pick<Registry, 'getSource'>): Subject {
  const { tenant, tool, version, digest, artifact, manifest } = found;
  const { grants, limits, task } = manifest;
  return {
    tenant,
    subject: tool,
    name: tool,
    version,
    digest,
    grants,
    limits,
    artifact,
    ...(task === undefined ? {} : { task }),
    getSourceMap: async () => (await registry.getSource(tenant, `${tool}@${version}`)).sourceMap,
  };
}

/** A prompt's or a resource's version as a subject. */
export function mountedSubject(kind: 'prompt' | 'resource', found: PromptVersion | ResourceVersion): Subject {
  const { tenant, name, version, digest, artifact, manifest, sourceMap } = found;
  const { grants, limits } = manifest;
  return {
    tenant,
    subject: `${kind}:${name}`,
    name,
    version,
    digest,
    grants,
    limits,
    artifact,
    getSourceMap: async () => sourceMap,
  };
}

/**
 * The same, if it still is what a run was begun with: a mounted folder may hold something else under the name by now.
 *
 * @throws VERSION_NOT_FOUND
 */
export function assertSame(subject: Subject, { digest }: Pick<Subject, 'digest'>): Subject {
  if (subject.digest === digest) return subject;
  const message = `${subject.subject}@${subject.version} is not what it was when this began; start the call again`;
  throw hostError('VERSION_NOT_FOUND', message, { subject: subject.subject, version: subject.version });
}
