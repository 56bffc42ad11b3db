// The making path: find, check, render, compile, inspect, probe, publish.
//
// INVARIANT: a failure at any step publishes nothing, and every attempt leaves a row in the ledger, as long as the store
// can be written: a making that failed is told its own failure, not the store's.
// SECURITY: nothing of a template or a source is evaluated here. Rendering, compiling and schema compilation happen in the
// workshop, probing in a cell; this file moves texts. test/escape/making.test.ts holds it.

import type { Sandbox } from '#sandbox';
import type { Clock, InspectionPolicy } from '#host/base';
import type { Ledger } from '#host/ledger';
import type { Registry } from '#host/registry';
import type { ProfilePolicy } from '#host/traffic';
import { attempt, lineageOf, publishedAs, type Making } from './attempt.ts';
import type { Draft } from './draft.ts';
import { generateSet } from './generate-set.ts';
import { jsonText } from './json-text.ts';
import { makeVersion } from './make-version.ts';
import { mountFolder } from './mount/mount-folder.ts';
import { sourceDraft } from './source-draft.ts';
import { findTemplate, templateDraft } from './template-draft.ts';
import { TemplateLibrary } from './template-library.ts';
import type { CreateRequest, GenerateRequest, Made, Maker } from './types.ts';

/** What making needs. */
export interface MakerDeps {
  readonly sandbox: Sandbox;
  readonly profiles: ProfilePolicy;
  readonly registry: Registry;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Folders of templates; the first that has a name wins. */
  readonly templateRoots: readonly string[];
  /** What suspicious texts come to. @default "report" */
  readonly inspection?: InspectionPolicy;
}

/** Makes tools from templates and sources. */
export function createMaker(deps: MakerDeps): Maker {
  const { sandbox } = deps;
  const library = new TemplateLibrary(deps.templateRoots);
  return {
    listTemplates: () => library.list(),
    describeTemplate: (name) => library.describe(name),
    generate: (request) =>
      attempt(deps, request, lineageOf(request.template), async (making) => {
        const template = await findTemplate(library, request, making);
        return publishDraft(deps, request, making, await templateDraft(sandbox, template, request, making));
      }),
    generateSet: (request) => generateSet({ ...deps, library }, request),
    create: (request) =>
      attempt(deps, request, 'source', async (making) =>
        publishDraft(deps, request, making, await findSource(request, making)),
      ),
    mount: (request) => mountFolder(deps, request),
  };
}

async function findSource(request: CreateRequest, { report, startsFrom }: Making): Promise<Draft> {
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
  return draft;
}

async function publishDraft(
  deps: MakerDeps,
  request: GenerateRequest | CreateRequest,
  making: Making,
  draft: Draft,
): Promise<Made> {
  const { report } = making;
  const candidate = await makeVersion(deps, request, making, draft);
  const published = await report.step(
    'publish',
    () => {
      const { draft: version, options } = candidate.publication();
      return deps.registry.publish(request.principal, version, options);
    },
    publishedAs,
  );
  return { ...published, report: report.steps };
}
