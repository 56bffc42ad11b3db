// From a draft to a version that only has to be published: compiled, inspected, probed.

import type { Sandbox } from '#sandbox';
import type { InspectionPolicy, Principal } from '#host/base';
import type { MakingRecord } from '#host/ledger';
import {
  toTemplate,
  writeOrigin,
  type ListedTool,
  type Origin,
  type Published,
  type Registry,
  type SetEntry,
  type Succession,
} from '#host/registry';
import { chooseProfile, type ProfilePolicy } from '#host/traffic';
import type { Making } from './attempt.ts';
import { untilCancelled } from './cancellation.ts';
import { summarizeChange } from './change-text.ts';
import { ENTRY, type Draft } from './draft.ts';
import { inspect, type Inspected } from './inspect.ts';
import { inspectTexts } from './inspection/inspect-texts.ts';
import { checkFindings, findingFacts } from './inspection/policy.ts';
import type { Inspection } from './inspection/suspicions.ts';
import { probe } from './probe.ts';
import type { StepFacts } from './report.ts';
import { rethrowAt } from './rethrow-at.ts';
import { schemaTexts } from './schema-texts.ts';
import { createSuccession } from './succession.ts';

/** What making a version needs. */
export interface VersionDeps {
  readonly sandbox: Sandbox;
  readonly profiles: ProfilePolicy;
  readonly registry: Registry;
  /** What suspicious texts come to. @default "report" */
  readonly inspection?: InspectionPolicy;
}

/** What of a request decides about its version. */
export interface VersionRequest {
  readonly principal: Principal;
  readonly replace?: boolean;
  readonly allowBreaking?: boolean;
  readonly signal?: AbortSignal;
}

/** A version that only has to be published. */
export interface Candidate {
  readonly tool: string;
  /** What to publish, with the report as it is by then. */
  publication(): SetEntry;
}

/** Does the steps from `compile` to `probe`. @throws see {@link Maker.create} */
export async function makeVersion(
  deps: VersionDeps,
  request: VersionRequest,
  making: Making,
  draft: Draft,
): Promise<Candidate> {
  const { sandbox } = deps;
  const { principal, signal, replace = false } = request;
  const { report } = making;
  const { files, lineage, rendered } = draft;

  const source: Origin = rendered === undefined ? {} : { rendered };
  const { script, sourceMap } = await report.step(
    'compile',
    () => {
      const next = schemaTexts(draft.written);
      const work = sandbox.compile({ tenant: principal.tenant, entry: ENTRY, files, next });
      return untilCancelled(work, signal).catch(rethrowAt(source));
    },
    (compiled) => `${Buffer.byteLength(compiled.script)} bytes`,
  );
  const origin: Origin = { ...source, sourceMap };
  const inspected = await report.step('inspect', () => inspectDraft(deps, request, { draft, script, origin }), asRow);
  const { manifest, artifact, isLive, succeed } = inspected;
  if (isLive) report.skip('probe', 'this very version is live');
  else await probeDraft(deps, request, making, { draft, inspected, origin });

  const version = { manifest, artifact, lineage, source: files[ENTRY] ?? '', sourceMap: writeOrigin(origin) };
  const recordAs = (outcome: Published): MakingRecord => making.record(outcome, lineage);
  return {
    tool: manifest.name,
    publication: () => ({ draft: { ...version, report: report.steps }, options: { replace, succeed, recordAs } }),
  };
}

/** An inspected version, and how it stands to the live one of its name as far as this process knows. */
interface Standing extends Inspected {
  readonly isLive: boolean;
  readonly succeed: (live: ListedTool) => Succession;
  /** Absent where there is no live version, or this is it. */
  readonly succession?: Succession;
  readonly inspection: Inspection;
}

async function inspectDraft(
  { sandbox, profiles, registry, inspection: policy = 'report' }: VersionDeps,
  { principal: { tenant }, signal, allowBreaking = false }: VersionRequest,
  { draft, script, origin }: { readonly draft: Draft; readonly script: string; readonly origin: Origin },
): Promise<Standing> {
  const profile = chooseProfile(profiles, tenant);
  const inspected = await inspect({ sandbox, profile, tenant, draft, script, signal }).catch(rethrowAt(origin));
  const { manifest, artifact } = inspected;
  const { lineage, files } = draft;
  const inspection = inspectTexts({ manifest, files, placeOf: (place) => toTemplate(place, origin) });
  checkFindings(inspection, policy);
  const succeed = createSuccession({ manifest, lineage, allowBreaking });
  const live = registry.list(tenant).find(({ tool }) => tool === manifest.name);
  const isLive = live?.digest === artifact.digest && live.lineage === lineage;
  return {
    ...inspected,
    succeed,
    isLive,
    inspection,
    ...(live === undefined || isLive ? {} : { succession: succeed(live) }),
  };
}

/** The row of an inspection: which version it is, what callers of the live one will notice, what is suspicious. */
function asRow({ manifest, artifact, succession, inspection }: Standing): StepFacts {
  const made = `digest ${artifact.digest.slice(0, 12)}`;
  if (succession === undefined) return findingFacts(made, inspection);
  const { semver, change } = succession;
  const after = `${semver} after ${manifest.name}@${change.against}, ${summarizeChange(change)}`;
  return findingFacts(`${made}; ${after}`, inspection);
}

async function probeDraft(
  { sandbox, profiles }: VersionDeps,
  { principal: { tenant }, signal }: VersionRequest,
  { id: makingId, report }: Making,
  subject: { readonly draft: Draft; readonly inspected: Inspected; readonly origin: Origin },
): Promise<void> {
  const { draft, inspected, origin } = subject;
  const { artifact, manifest } = inspected;
  const { limits, grants } = manifest;
  const { examples } = draft;
  const profile = chooseProfile(profiles, tenant);
  await report.step(
    'probe',
    () =>
      probe({ sandbox, tenant, makingId, artifact, limits, profile, grants, examples, signal }).catch(
        rethrowAt(origin),
      ),
    (count) => `${count} example(s)`,
  );
}
