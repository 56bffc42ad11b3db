// What a workshop's isolate can do: JSON text in, JSON text out, failures as data.
//
// Bundled into one classic script with Handlebars and ajv. The first three derive code from one stranger's text alone; the
// other two run such code on what a caller sent.

import { isCodedError, plainFailure, sandboxFailure, type Failure } from '../errors.ts';
import type { Rendered, TemplateTexts } from '../making-contract.ts';
import type { Json } from '../manifest.ts';
import { checkContext, compileContextSchema } from './schema/check-context.ts';
import { compileSchema } from './schema/compile.ts';
import { compileTemplate, type CompiledTemplate } from './template/compile-template.ts';
import { renderTemplate } from './template/render.ts';

// Far above any honest tool, far below what a workshop holds.
const RENDER_OUTPUT_BYTES = 2 * 1024 * 1024;

/** What the bundle evaluates to. */
export const engines = {
  contextSchema: answering((request: { readonly schema: string; readonly allErrors: boolean }) =>
    compileContextSchema(request.schema, request.allErrors),
  ),
  toolSchema: answering((request: { readonly schema: string; readonly role: 'input' | 'output' }) =>
    compileSchema(request.schema, request.role),
  ),
  /** The compiled template as JSON text. */
  template: answering((request: TemplateTexts) => JSON.stringify(compileTemplate(request))),

  context: answering((request: { readonly validator: string; readonly context: string }) =>
    checkContext(request.validator, request.context),
  ),
  render: answering(
    (request: { readonly template: string; readonly context: string; readonly data: string }): Rendered =>
      renderTemplate(JSON.parse(request.template) as CompiledTemplate, {
        context: JSON.parse(request.context) as Json,
        data: JSON.parse(request.data) as { readonly [pack: string]: Json },
        outputBytes: RENDER_OUTPUT_BYTES,
      }),
  ),
};

function answering<Request, Value>(engine: (request: Request) => Value): (request: string) => string {
  return (request) => {
    try {
      return JSON.stringify({ value: engine(JSON.parse(request) as Request) });
    } catch (error) {
      return JSON.stringify({ failure: failureOf(error) });
    }
  };
}

function failureOf(error: unknown): Failure {
  if (isCodedError(error)) return plainFailure(error);
  const what = error instanceof Error ? `${error.name}: ${error.message}` : 'an unknown error';
  return sandboxFailure('MAKING_CRASHED', `the template or schema broke its engine (${what.slice(0, 200)})`);
}
