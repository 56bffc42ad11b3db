// The making path: find, check, render, compile, inspect, probe, publish.
//
// INVARIANT: a failure at any step publishes nothing, and every attempt leaves a row in the ledger.
// SECURITY: nothing of a template or a source is evaluated here. Rendering, compiling and schema compilation happen in the
// workshop, probing in a cell; this file moves texts. test/escape/making.test.ts holds it.

import { isDeepStrictEqual } from 'node:util';

import { CodedError, DEFAULT_LIMITS, isCodedError, type Compiled, type Sandbox } from '#sandbox';
import { canonicalJson, sha256, type Clock } from '#host/base';
import type { Ledger } from '#host/ledger';
import { atSource, writeOrigin, type Origin, type Registry, type ToolExample } from '#host/registry';
import { attempt, type Making } from './attempt.ts';
import { checkManifest, parseManifest, type ManifestSurroundings, type WrittenManifest } from './check-manifest.ts';
import { probe } from './probe.ts';
import { ENTRY, sourceDraft } from './source-draft.ts';
import { TemplateLibrary, type Template } from './template-library.ts';
import type { CreateRequest, GenerateRequest, Made, Maker } from './types.ts';

/** What making needs. */
export interface MakerDeps {
  readonly sandbox: Sandbox;
  readonly registry: Registry;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Folders of templates; the first that has a name wins. */
  readonly templateRoots: readonly string[];
}

/** What both ways of making share once there is source. */
export interface Draft {
  readonly lineage: string;
  readonly written: WrittenManifest;
  readonly surroundings: Omit<ManifestSurroundings, 'carried'>;
  readonly files: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly context: string;
  readonly examples: readonly ToolExample[];
  readonly templateLines?: readonly number[];
}

/** Makes tools from templates and sources. */
export function createMaker(deps: MakerDeps): Maker {
  const library = new TemplateLibrary(deps.templateRoots);
  return {
    listTemplates: () => library.list(),
    describeTemplate: (name) => library.describe(name),
    generate: (request) =>
      attempt(deps, request, `template:${request.template}`, canonicalJson(request.context ?? null), async (making) => {
        const found = (template: Template): string => `${template.name} ${template.version}`;
        const template = await making.report.step('find', () => library.find(request.template), found);
        return publishDraft(deps, request, making, await renderDraft(deps, request, making, template));
      }),
    create: (request) =>
      attempt(deps, request, 'source', request.source, async (making) => {
        const found = (draft: Draft): string => `${Object.keys(draft.files).length} file(s)`;
        const draft = await making.report.step('find', () => sourceDraft(request), found);
        making.report.skip('check', 'a source has no context');
        making.report.skip('render', 'a source has no template');
        return publishDraft(deps, request, making, draft);
      }),
  };
}

async function renderDraft(deps: MakerDeps, request: GenerateRequest, making: Making, template: Template): Promise<Draft> {
  const { sandbox } = deps;
  const { tenant } = request.principal;
  const { report } = making;
  const given = JSON.stringify(request.context ?? null);
  const contextSchema = JSON.stringify(template.context);
  const context = await report.step('check', () => sandbox.checkContext({ tenant, contextSchema, context: given }));
  const rendered = await report.step(
    'render',
    () => {
      const { manifestTemplate, sourceTemplate } = template;
      return sandbox.render({ tenant, manifestTemplate, sourceTemplate, context, data: JSON.stringify(template.data) });
    },
    ({ source }) => `${source.split('\n').length} lines`,
  );
  const written = parseManifest(JSON.parse(rendered.manifest));
  const { name, constraints } = request;
  return {
    lineage: `template:${template.name}`,
    written,
    surroundings: {
      template,
      ...(name === undefined ? {} : { name }),
      ...(constraints === undefined ? {} : { constraints }),
    },
    files: { ...template.files, [ENTRY]: rendered.source },
    context: canonicalJson(JSON.parse(context)),
    examples: [...(written.examples ?? []), ...examplesOf(template, request.context)],
    templateLines: rendered.sourceLines,
  };
}

/** A template's own examples hold for the very context they were written for. */
function examplesOf(template: Template, context: unknown): readonly ToolExample[] {
  return template.examples.filter((example) => isDeepStrictEqual(example.context, context)).flatMap(({ calls }) => calls);
}

async function publishDraft(
  deps: MakerDeps,
  request: GenerateRequest | CreateRequest,
  making: Making,
  draft: Draft,
): Promise<Made> {
  const { sandbox, registry } = deps;
  const { report } = making;
  const { tenant } = request.principal;
  const rendered: Origin = draft.templateLines === undefined ? {} : { templateLines: draft.templateLines };

  const compiled = await report.step(
    'compile',
    () => sandbox.compile({ tenant, entry: ENTRY, files: draft.files }).catch(translated(rendered)),
    ({ script }) => `${Buffer.byteLength(script)} bytes`,
  );
  const origin: Origin = { ...rendered, sourceMap: compiled.sourceMap };
  const { manifest, artifact } = await report.step(
    'inspect',
    () => inspect(deps, request, draft, compiled).catch(translated(origin)),
    (inspected) => `digest ${inspected.artifact.digest.slice(0, 12)}`,
  );
  const live = registry.list(tenant).find(({ tool }) => tool === manifest.name);
  if (live?.digest === artifact.digest && live.lineage === draft.lineage) report.skip('probe', 'this very version is live');
  else {
    const { limits } = manifest;
    const { id: makingId } = making;
    const { examples } = draft;
    const signal = request.signal === undefined ? {} : { signal: request.signal };
    await report.step(
      'probe',
      () => probe({ sandbox, tenant, makingId, artifact, limits, grants: [], examples, ...signal }).catch(translated(origin)),
      (count) => `${count} example(s)`,
    );
  }
  const published = await report.step(
    'publish',
    () =>
      registry.publish(
        request.principal,
        {
          manifest,
          artifact,
          lineage: draft.lineage,
          source: draft.files[ENTRY] ?? '',
          sourceMap: writeOrigin(origin),
          report: report.steps,
        },
        { replace: request.replace === true, recordAs: (result) => making.record(result, draft.lineage) },
      ),
    ({ tool, version, unchanged }) => (unchanged ? 'unchanged' : `${tool}@${version}`),
  );
  return { ...published, report: report.steps };
}

/** Manifest, schemas and digest: what the version is, before it has run. */
async function inspect(deps: MakerDeps, request: GenerateRequest | CreateRequest, draft: Draft, compiled: Compiled) {
  const { sandbox } = deps;
  const { tenant } = request.principal;
  const { script } = compiled;
  const { written, surroundings, context } = draft;
  // Only a manifest without schemas needs the source's own; reading them runs the tool's top level in a cell.
  const carried =
    written.inputSchema === undefined
      ? await sandbox.describe({ tenant, script, limits: DEFAULT_LIMITS })
      : undefined;
  const manifest = checkManifest(written, {
    ...surroundings,
    ...(carried === undefined ? {} : { carried }),
  });
  const { validators } = await sandbox.compileSchemas({
    tenant,
    inputSchema: JSON.stringify(manifest.inputSchema),
    ...(manifest.outputSchema === undefined ? {} : { outputSchema: JSON.stringify(manifest.outputSchema) }),
  });
  const digest = sha256(canonicalJson({ manifest, script, context }));
  return { manifest, artifact: { digest, tool: manifest.name, script, validators, context } };
}

function translated(origin: Origin): (error: unknown) => never {
  return (error) => {
    throw isCodedError(error) ? new CodedError(atSource(error, origin), { cause: error }) : error;
  };
}
