// The making path: find, check, render, compile, inspect, probe, publish.
//
// INVARIANT: a failure at any step publishes nothing, and every attempt leaves a row in the ledger, as long as the store
// can be written: a making that failed is told its own failure, not the store's.
// SECURITY: nothing of a template or a source is evaluated here. Rendering, compiling and schema compilation happen in the
// workshop, probing in a cell; this file moves texts. test/escape/making.test.ts holds it.

import { CodedError, isCodedError, type Sandbox } from '#sandbox';
import type { Clock } from '#host/base';
import type { Ledger, MakingRecord } from '#host/ledger';
import { atSource, writeOrigin, type ListedTool, type Origin, type Published, type Registry } from '#host/registry';
import { attempt, publishedAs, type Making } from './attempt.ts';
import { untilCancelled } from './cancellation.ts';
import { ENTRY, type Draft } from './draft.ts';
import { inspect, type Inspected } from './inspect.ts';
import { jsonText } from './json-text.ts';
import { probe } from './probe.ts';
import { describeChange } from './schema-change.ts';
import { sourceDraft } from './source-draft.ts';
import { templateDraft } from './template-draft.ts';
import { TemplateLibrary } from './template-library.ts';
import type { CreateRequest, GenerateRequest, Made, Maker, TemplateReference } from './types.ts';

/** What making needs. */
export interface MakerDeps {
  readonly sandbox: Sandbox;
  readonly registry: Registry;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Folders of templates; the first that has a name wins. */
  readonly templateRoots: readonly string[];
}

/** Makes tools from templates and sources. */
export function createMaker(deps: MakerDeps): Maker {
  const { sandbox } = deps;
  const library = new TemplateLibrary(deps.templateRoots);
  return {
    listTemplates: () => library.list(),
    describeTemplate: (name) => library.describe(name),
    generate: (request) =>
      attempt(deps, request, lineageOf(request.template), async (making) =>
        publishDraft(deps, request, making, await templateDraft({ sandbox, library }, request, making)),
      ),
    create: (request) =>
      attempt(deps, request, 'source', async (making) => {
        const { report, startsFrom } = making;
        startsFrom(request.source);
        const draft = await report.step(
          'find',
          () => sourceDraft(request),
          ({ files }) => `${Object.keys(files).length} file(s)`,
        );
        // As text: a manifest may nest deeper than anything recursive survives.
        startsFrom(jsonText({ manifest: draft.written, files: draft.files }) ?? request.source);
        report.skip('check', 'a source has no context');
        report.skip('render', 'a source has no template');
        return publishDraft(deps, request, making, draft);
      }),
  };
}

/** For the row of a making that failed before its template was found; never a path of the host. */
function lineageOf(template: TemplateReference): string {
  return typeof template === 'string' ? `template:${template.slice(0, 100)}` : 'template';
}

async function publishDraft(
  deps: MakerDeps,
  request: GenerateRequest | CreateRequest,
  making: Making,
  draft: Draft,
): Promise<Made> {
  const { sandbox, registry } = deps;
  const { principal, signal, replace = false } = request;
  const { tenant } = principal;
  const { report } = making;
  const { files, lineage, rendered } = draft;

  const source: Origin = rendered === undefined ? {} : { rendered };
  const { script, sourceMap } = await report.step(
    'compile',
    () => untilCancelled(sandbox.compile({ tenant, entry: ENTRY, files }), signal).catch(rethrowAt(source)),
    (compiled) => `${Buffer.byteLength(compiled.script)} bytes`,
  );
  const origin: Origin = { ...source, sourceMap };
  const { manifest, artifact, live } = await report.step(
    'inspect',
    async () => {
      const inspected = await inspect({ sandbox, tenant, draft, script, signal }).catch(rethrowAt(origin));
      return { ...inspected, live: registry.list(tenant).find(({ tool }) => tool === inspected.manifest.name) };
    },
    (inspected) => inspectedAs(inspected, inspected.live),
  );
  await probeDraft(deps, request, making, { draft, manifest, artifact, origin, live });
  const published = await report.step(
    'publish',
    () => {
      const version = { manifest, artifact, lineage, source: files[ENTRY] ?? '', sourceMap: writeOrigin(origin) };
      const recordAs = (outcome: Published): MakingRecord => making.record(outcome, lineage);
      return registry.publish(principal, { ...version, report: report.steps }, { replace, recordAs });
    },
    publishedAs,
  );
  return { ...published, report: report.steps };
}

interface ProbeSubject extends Inspected {
  readonly draft: Draft;
  readonly origin: Origin;
  readonly live: ListedTool | undefined;
}

async function probeDraft(
  { sandbox }: MakerDeps,
  { principal: { tenant }, signal }: GenerateRequest | CreateRequest,
  { id: makingId, report }: Making,
  { draft: { examples, lineage }, manifest: { limits }, artifact, origin, live }: ProbeSubject,
): Promise<void> {
  if (live?.digest === artifact.digest && live.lineage === lineage) {
    report.skip('probe', 'this very version is live');
    return;
  }
  const request = { sandbox, tenant, makingId, artifact, limits, examples, signal };
  await report.step(
    'probe',
    () => probe(request).catch(rethrowAt(origin)),
    (count) => `${count} example(s)`,
  );
}

/** The row of an inspection: what version it is, and how callers of the live one will notice. */
function inspectedAs({ manifest, artifact }: Inspected, live: ListedTool | undefined): string {
  const made = `digest ${artifact.digest.slice(0, 12)}`;
  if (live === undefined) return made;
  const change = describeChange(live.manifest, manifest);
  return change === undefined ? made : `${made}; against ${live.tool}@${live.version}: ${change}`;
}

function rethrowAt(origin: Origin): (error: unknown) => never {
  return (error) => {
    throw isCodedError(error) ? new CodedError(atSource(error, origin), { cause: error }) : error;
  };
}
