// The items of a folder, compiled, inspected and probed as makings are; nothing is published.

import { canonicalJson, createId, sha256, type Clock, type InspectionPolicy, type TenantId } from '#host/base';
import { writeOrigin, type MountedVersion, type VersionDraft } from '#host/registry';
import type { Grants, Limits, Profile, Sandbox } from '#sandbox';
import { checkIn } from '../blame.ts';
import { untilCancelled } from '../cancellation.ts';
import { parseManifest } from '../check-manifest.ts';
import type { Draft } from '../draft.ts';
import { inspect } from '../inspect.ts';
import { inspectTexts, type InspectedManifest } from '../inspection/inspect-texts.ts';
import { checkFindings, findingFacts, toldOf } from '../inspection/policy.ts';
import type { Inspection } from '../inspection/suspicions.ts';
import { probe } from '../probe.ts';
import { MakingReport } from '../report.ts';
import { rethrowAt } from '../rethrow-at.ts';
import type { ItemSchemas } from './item-schemas.ts';
import type { InspectedItem, ItemFiles } from './types.ts';

/** What preparing needs. */
export interface PrepareDeps {
  readonly sandbox: Sandbox;
  readonly profile: Profile;
  readonly clock: Clock;
  readonly tenant: TenantId;
  readonly signal: AbortSignal | undefined;
  /** What suspicious texts come to. */
  readonly policy: InspectionPolicy;
  /** What every source may import. */
  readonly lib: Readonly<Record<string, string>>;
}

/** A prompt or a resource, before it is one of a tenant's. */
export type Prepared<Manifest> = Omit<MountedVersion<Manifest>, 'tenant' | 'version'>;

/** What any item's manifest says, once it was checked. */
interface ItemManifest {
  readonly name: string;
  readonly limits: Limits;
  readonly grants: Grants;
}

/** A tool as a draft, its examples proved. @throws what a making throws */
export async function prepareTool(deps: PrepareDeps, item: ItemFiles): Promise<InspectedItem<VersionDraft>> {
  const { sandbox, profile, tenant, signal, clock } = deps;
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
  const { manifest, artifact, inspection } = await report.step(
    'inspect',
    async () => {
      const inspected = await inspect({ sandbox, profile, tenant, draft, script, signal }).catch(rethrowAt(origin));
      return { ...inspected, inspection: inspectItem(deps, item, inspected.manifest) };
    },
    (inspected) => findingFacts(`digest ${inspected.artifact.digest.slice(0, 12)}`, inspected.inspection),
  );
  const { limits, grants } = manifest;
  const { examples } = draft;
  const makingId = createId('mak', clock.now());
  await report.step('probe', () =>
    probe({ sandbox, tenant, makingId, artifact, limits, profile, grants, examples, signal }).catch(rethrowAt(origin)),
  );
  const { lineage } = draft;
  const texts = { source: item.source, sourceMap: writeOrigin(origin) };
  return { made: { manifest, artifact, lineage, ...texts, report: report.steps }, found: toldOf(inspection) };
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
): Promise<InspectedItem<Prepared<Manifest>>> {
  const { sandbox, profile, tenant, signal } = deps;
  const { name, limits } = manifest;
  const { script, sourceMap } = await compile(deps, item);
  const origin = { sourceMap };
  const called = signal === undefined ? {} : { signal };
  await sandbox.describe({ tenant, script, limits, profile, ...called }).catch(rethrowAt(origin));
  const texts = {
    inputSchema: JSON.stringify(schemas.inputSchema),
    outputSchema: JSON.stringify(schemas.outputSchema),
  };
  const { validators } = await untilCancelled(sandbox.compileSchemas({ tenant, ...texts }), signal);
  const digest = sha256(canonicalJson({ topic: item.topic, manifest, schemas, script }));
  const artifact = { digest, tool: `${item.topic}/${name}`, script, validators, context: 'null' };
  const made = { name, digest, manifest, artifact, sourceMap: writeOrigin(origin) };
  return { made, found: toldOf(inspectItem(deps, item, manifest)) };
}

/** Reads what is the item's own; what all share is read once for the folder. @throws INSPECTION_REFUSED */
function inspectItem({ policy }: PrepareDeps, { entry, source }: ItemFiles, manifest: InspectedManifest): Inspection {
  const inspection = inspectTexts({ manifest, files: { [entry]: source } });
  checkFindings(inspection, policy);
  return inspection;
}

function compile(deps: PrepareDeps, item: ItemFiles) {
  const { sandbox, tenant, signal } = deps;
  const work = sandbox.compile({ tenant, entry: item.entry, files: filesOf(deps, item) });
  return untilCancelled(work, signal).catch(rethrowAt({}));
}

function filesOf({ lib }: PrepareDeps, { entry, source }: ItemFiles): Readonly<Record<string, string>> {
  return { ...lib, [entry]: source };
}
