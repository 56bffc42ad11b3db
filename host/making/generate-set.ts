// Several tools from one context: each is made as it would be alone, and all are published at once or none is.

import { basename } from 'node:path';

import { CodedError, isCodedError } from '#sandbox';
import { hostError } from '#host/base';
import type { Published } from '#host/registry';
import { beginAttempt, lineageOf, publishedAs, type Attempt, type AttemptDeps } from './attempt.ts';
import { makeVersion, type Candidate, type VersionDeps } from './make-version.ts';
import type { Template } from './read-template.ts';
import { withReport } from './report.ts';
import { shareContext } from './shared-context.ts';
import { findTemplate, templateDraft } from './template-draft.ts';
import type { TemplateLibrary } from './template-library.ts';
import type { GenerateSetRequest, Made, MadeSet, SetTool } from './types.ts';

const MIN_TOOLS = 2;
const MAX_TOOLS = 20;

/** What making a set needs. */
export interface SetDeps extends VersionDeps, AttemptDeps {
  readonly library: TemplateLibrary;
}

/** A tool of the set under way. */
interface Entry {
  readonly index: number;
  readonly tool: SetTool;
  readonly attempt: Attempt;
}

/** Makes a set. @throws see {@link Maker.generateSet} */
export async function generateSet(deps: SetDeps, request: GenerateSetRequest): Promise<MadeSet> {
  const { tools } = request;
  if (tools.length < MIN_TOOLS || tools.length > MAX_TOOLS) {
    const message = `a set has ${MIN_TOOLS} to ${MAX_TOOLS} tools; this one has ${tools.length}`;
    throw hostError('REQUEST_INVALID', message, { path: '/tools' });
  }
  const entries = tools.map((tool, index) => beginEntry(deps, request, tool, index));
  try {
    return { tools: await publishAll(deps, request, await makeEntries(deps, request, entries)) };
  } catch (error) {
    // None came to anything, whichever was at fault.
    for (const { attempt } of entries) await attempt.recordFailure(error);
    throw withReport(error, findCulprit(error, entries)?.attempt.making.report.steps ?? []);
  }
}

function beginEntry(deps: SetDeps, request: GenerateSetRequest, tool: SetTool, index: number): Entry {
  const { principal, signal, onStep } = request;
  const attempt = beginAttempt(
    deps,
    {
      principal,
      ...(signal === undefined ? {} : { signal }),
      ...(onStep === undefined ? {} : { onStep: (step) => onStep(step, index) }),
    },
    lineageOf(tool.template),
  );
  return { index, tool, attempt };
}

/** A tool of the set whose template is read. */
interface FoundEntry extends Entry {
  readonly template: Template;
}

/** A tool of the set that only has to be published. */
interface MadeEntry extends Entry {
  readonly candidate: Candidate;
}

async function makeEntries(
  deps: SetDeps,
  request: GenerateSetRequest,
  entries: readonly Entry[],
): Promise<readonly MadeEntry[]> {
  const asked: (string | undefined)[] = [];
  const found = await oneByOne(entries, async (entry): Promise<FoundEntry> => {
    asked.push(entry.tool.name);
    checkDistinct(asked);
    return { ...entry, template: await findTemplate(deps.library, entry.tool, entry.attempt.making) };
  });
  const takers = found.map(({ tool, template }) => ({ ...tool, schema: template.context }));
  const contexts = shareContext(request.context ?? {}, takers);

  const names: string[] = [];
  const filled = found.map((entry, index) => ({ ...entry, context: contexts[index] }));
  return oneByOne(filled, async (entry): Promise<MadeEntry> => {
    const candidate = await makeEntry(deps, request, entry);
    names.push(candidate.tool);
    checkDistinct(names);
    return { ...entry, candidate };
  });
}

async function makeEntry(
  deps: SetDeps,
  { principal, replace, allowBreaking, signal }: GenerateSetRequest,
  { tool, template, context, attempt: { making } }: FoundEntry & { readonly context: unknown },
): Promise<Candidate> {
  const request = {
    ...tool,
    principal,
    context,
    ...(replace === undefined ? {} : { replace }),
    ...(allowBreaking === undefined ? {} : { allowBreaking }),
    ...(signal === undefined ? {} : { signal }),
  };
  const draft = await templateDraft(deps.sandbox, template, request, making);
  return makeVersion(deps, request, making, draft);
}

/** The last of the names must be none of the others. */
function checkDistinct(names: readonly (string | undefined)[]): void {
  const last = names.at(-1);
  const other = names.indexOf(last);
  if (last === undefined || other === names.length - 1) return;
  const message = `the set makes "${last}" twice, the first time at index ${other}; give one of them another name`;
  throw hostError('REQUEST_INVALID', message, { path: `/tools/${names.length - 1}/name`, tool: last, other });
}

/** All in one transaction, which is the step `publish` of each. */
async function publishAll(
  { registry }: SetDeps,
  { principal }: GenerateSetRequest,
  entries: readonly MadeEntry[],
): Promise<readonly Made[]> {
  let transaction: Promise<readonly Published[]> | undefined;
  const publish = async (index: number): Promise<Published> => {
    transaction ??= registry.publishSet(
      principal,
      entries.map(({ candidate }) => candidate.publication()),
    );
    const published = (await transaction)[index];
    if (published === undefined) throw hostError('INTERNAL', `nothing was published for index ${index} of a set`);
    return published;
  };
  const steps = entries.map(async (entry): Promise<Made> => {
    const { report } = entry.attempt.making;
    const published = await report.step('publish', () => publish(entry.index), publishedAs);
    return { ...published, report: report.steps };
  });
  // Every report has its last row before anybody reads them.
  await Promise.allSettled(steps);
  return Promise.all(steps).catch((error: unknown) => {
    const culprit = findCulprit(error, entries);
    throw culprit === undefined ? error : atEntry(error, culprit);
  });
}

/** A set has no more right to the workshops than a single making. @throws what the work throws, naming the entry */
async function oneByOne<From extends Entry, To>(
  entries: readonly From[],
  work: (entry: From) => Promise<To>,
): Promise<readonly To[]> {
  const results: To[] = [];
  for (const entry of entries) {
    try {
      results.push(await work(entry));
    } catch (error) {
      throw atEntry(error, entry);
    }
  }
  return results;
}

function findCulprit(error: unknown, entries: readonly Entry[]): Entry | undefined {
  return isCodedError(error) ? entries.find(({ index }) => error.data?.['entry'] === index) : undefined;
}

function atEntry(error: unknown, { index, tool: { template } }: Entry): unknown {
  if (!isCodedError(error)) return error;
  const { code, kind, fault, message } = error;
  const name = typeof template === 'string' ? template.slice(0, 100) : basename(template.folder);
  const data = { ...error.data, entry: index, template: name };
  return new CodedError(
    { code, kind, fault, message: `tool ${index + 1} of the set (${name}): ${message}`, data },
    { cause: error },
  );
}
