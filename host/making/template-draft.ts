// What `generate` comes to: a context checked and a template rendered, both in the workshop.

import { isCodedError, sandboxError, type Rendered, type Sandbox } from '#sandbox';
import { canonicalJson, hostError } from '#host/base';
import { compareLines, type ToolExample } from '#host/registry';
import type { Making } from './attempt.ts';
import { blame, checkIn } from './blame.ts';
import { untilCancelled } from './cancellation.ts';
import { parseManifest, type WrittenManifest } from './check-manifest.ts';
import { ENTRY, type Draft } from './draft.ts';
import { jsonText } from './json-text.ts';
import type { Template } from './read-template.ts';
import { checkFree } from './reserved-names.ts';
import type { TemplateLibrary } from './template-library.ts';
import type { GenerateRequest } from './types.ts';

/** A door takes less; this is for whoever calls without one. */
const MAX_CONTEXT_CHARACTERS = 4 * 1024 * 1024;
const MANIFEST_FILE = 'tool.json.hbs';

/** Does the step `find`. @throws REQUEST_INVALID, TOOL_NAME_RESERVED, TEMPLATE_NOT_FOUND, TEMPLATE_INVALID */
export function findTemplate(
  library: TemplateLibrary,
  { name, template }: Pick<GenerateRequest, 'name' | 'template'>,
  { report }: Making,
): Promise<Template> {
  return report.step(
    'find',
    () => {
      checkAskedName(name);
      return library.get(template);
    },
    (found) => `${found.name} ${found.version}`,
  );
}

/** Does the steps `check` and `render`. @throws see {@link Maker.generate} */
export async function templateDraft(
  sandbox: Sandbox,
  template: Template,
  request: GenerateRequest,
  { report, startsFrom }: Making,
): Promise<Draft> {
  const { name, constraints } = request;
  const { given, context } = await report.step('check', () => {
    const text = contextText(request.context);
    startsFrom(text);
    return checkContext(sandbox, request, template, text);
  });
  const { written, rendered } = await report.step(
    'render',
    () => render(sandbox, request, template, context),
    ({ rendered: { source } }) => `${source.split('\n').length} lines`,
  );
  return {
    lineage: `template:${template.name}`,
    written,
    surroundings: {
      place: MANIFEST_FILE,
      template,
      ...(name === undefined ? {} : { name }),
      ...(constraints === undefined ? {} : { constraints }),
    },
    files: { ...template.files, [ENTRY]: rendered.source },
    context,
    examples: [...(written.examples ?? []), ...examplesOf(template, given)],
    rendered: compareLines(rendered.source, template.sourceTemplate, rendered.sourceLines),
  };
}

/** First of all, since nothing else can mend it. */
function checkAskedName(name: string | undefined): void {
  if (name === undefined) return;
  if (!/^[a-z][a-z0-9_]{0,63}$/.test(name)) {
    const rule = 'take lower-case letters, digits and _, a letter first, at most 64';
    const shown = JSON.stringify(name.slice(0, 100));
    throw hostError('REQUEST_INVALID', `${shown} is no name for a tool; ${rule}`, { path: '/name' });
  }
  checkFree(name);
}

function contextText(context: unknown): string {
  const text = jsonText(context);
  if (text === undefined) throw contextInvalid('must be something that can be written as JSON');
  if (text.length <= MAX_CONTEXT_CHARACTERS) return text;
  throw contextInvalid(`must not be longer than ${MAX_CONTEXT_CHARACTERS} characters of JSON; it has ${text.length}`);
}

function contextInvalid(message: string): Error {
  return sandboxError('CONTEXT_INVALID', `the context ${message}`, { errors: [{ path: '', message }] });
}

/** Both texts have their keys in one order, so that no digest depends on the caller's. */
interface CheckedContext {
  readonly given: string;
  /** With the schema's defaults. */
  readonly context: string;
}

async function checkContext(
  sandbox: Sandbox,
  { principal: { tenant }, signal }: GenerateRequest,
  template: Template,
  given: string,
): Promise<CheckedContext> {
  const contextSchema = JSON.stringify(template.context);
  try {
    const { manifestTemplate, sourceTemplate } = template;
    const next = { manifestTemplate, sourceTemplate };
    const context = await untilCancelled(sandbox.checkContext({ tenant, contextSchema, context: given, next }), signal);
    return { given: canonicalJson(JSON.parse(given)), context: canonicalJson(JSON.parse(context)) };
  } catch (error) {
    throw isCodedError(error) && error.code.startsWith('SCHEMA_') ? blame('template.json', error) : error;
  }
}

async function render(
  sandbox: Sandbox,
  { principal: { tenant }, signal }: GenerateRequest,
  { manifestTemplate, sourceTemplate, packs }: Template,
  context: string,
): Promise<{ readonly written: WrittenManifest; readonly rendered: Rendered }> {
  const data = JSON.stringify(packs);
  const rendered = await untilCancelled(
    sandbox.render({ tenant, manifestTemplate, sourceTemplate, context, data }),
    signal,
  );
  return { written: checkIn(MANIFEST_FILE, () => parseManifest(rendered.manifest)), rendered };
}

/** A template's own examples hold for the very context they were written for. */
function examplesOf(template: Template, given: string): readonly ToolExample[] {
  return template.examples.filter(({ context }) => canonicalJson(context) === given).flatMap(({ calls }) => calls);
}
