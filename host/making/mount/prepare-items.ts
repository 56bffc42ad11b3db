// The items of a folder, compiled, inspected and probed as makings are; nothing is published.

import { canonicalJson, createId, sha256, type Clock, type TenantId } from '#host/base';
import { writeOrigin, type MountedVersion, type VersionDraft } from '#host/registry';
import type { Limits, Sandbox } from '#sandbox';
import { checkIn } from '../blame.ts';
import { untilCancelled } from '../cancellation.ts';
import { parseManifest } from '../check-manifest.ts';
import type { Draft } from '../draft.ts';
import { inspect } from '../inspect.ts';
import { probe } from '../probe.ts';
import { MakingReport } from '../report.ts';
import { rethrowAt } from '../rethrow-at.ts';
import type { ItemSchemas } from './item-schemas.ts';
import type { ItemFiles } from './types.ts';

/** What preparing needs. */
export interface PrepareDeps {
  readonly sandbox: Sandbox;
  readonly clock: Clock;
  readonly tenant: TenantId;
  readonly signal: AbortSignal | undefined;
  /** What every source may import. */
  readonly lib: Readonly<Record<string, string>>;
}

/** A prompt or a resource, before it is one of a tenant's. */
export type Prepared<Manifest> = Omit<MountedVersion<Manifest>, 'tenant' | 'version'>;

/** What any item's manifest says, once it was checked. */
interface ItemManifest {
  readonly name: string;
  readonly limits: Limits;
}

/** A tool as a draft, its examples proved. @throws what a making throws */
export async function prepareTool(deps: PrepareDeps, item: ItemFiles): Promise<VersionDraft> {
  const { sandbox, tenant, signal, clock } = deps;
  const written = checkIn('manifest', () => parseManifest(JSON.stringify(item.manifest)));
  const draft: Draft = {
    lineage: `mount:${item.name}`,
    written,
    surroundings: { place: 'manifest', isMounted: true },
    files: filesOf(deps, item),
    context: 'null',
    examples: written.examples ?? [],
  };
  const report = new MakingReport(clock, undefined, signal);
  const { script, sourceMap } = await report.step('compile', () => compile(deps, item));
  const origin = { sourceMap };
  const { manifest, artifact } = await report.step('inspect', () =>
    inspect({ sandbox, tenant, draft, script, signal }).catch(rethrowAt(origin)),
  );
  const { limits, grants } = manifest;
  const { examples } = draft;
  const makingId = createId('mak', clock.now());
  await report.step('probe', () =>
    probe({ sandbox, tenant, makingId, artifact, limits, grants, examples, signal }).catch(rethrowAt(origin)),
  );
  const { lineage } = draft;
  return { manifest, artifact, lineage, source: item.source, sourceMap: writeOrigin(origin), report: report.steps };
}

/**
 * A prompt or a resource, loaded once: a mistake in its definition is told now.
 *
 * @param schemas what it is asked and what it answers
 * @throws COMPILE_…, SCHEMA_…, MAKING_…, and the codes of a run
 */
export async function prepareItem<Manifest extends ItemManifest>(
  deps: PrepareDeps,
  item: ItemFiles,
  manifest: Manifest,
  schemas: ItemSchemas,
): Promise<Prepared<Manifest>> {
  const { sandbox, tenant, signal } = deps;
  const { name, limits } = manifest;
  const { script, sourceMap } = await compile(deps, item);
  const origin = { sourceMap };
  const called = signal === undefined ? {} : { signal };
  await sandbox.describe({ tenant, script, limits, ...called }).catch(rethrowAt(origin));
  const texts = {
    inputSchema: JSON.stringify(schemas.inputSchema),
    outputSchema: JSON.stringify(schemas.outputSchema),
  };
  const { validators } = await untilCancelled(sandbox.compileSchemas({ tenant, ...texts }), signal);
  const digest = sha256(canonicalJson({ topic: item.topic, manifest, schemas, script }));
  const artifact = { digest, tool: `${item.topic}/${name}`, script, validators, context: 'null' };
  return { name, digest, manifest, artifact, sourceMap: writeOrigin(origin) };
}

function compile(deps: PrepareDeps, item: ItemFiles) {
  const { sandbox, tenant, signal } = deps;
  const work = sandbox.compile({ tenant, entry: item.entry, files: filesOf(deps, item) });
  return untilCancelled(work, signal).catch(rethrowAt({}));
}

function filesOf({ lib }: PrepareDeps, { entry, source }: ItemFiles): Readonly<Record<string, string>> {
  return { ...lib, [entry]: source };
}
