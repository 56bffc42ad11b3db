// What a workshop's isolate can do: JSON text in, JSON text out, failures as data.
//
// Bundled into one classic script with Handlebars and ajv.

import type { ContextRequest, RenderRequest, Rendered, SchemaRequest } from '../making-contract.ts';
import { isCodedError, plainFailure, sandboxFailure, type Failure } from '../errors.ts';
import type { Json } from '../manifest.ts';
import { checkContext } from './schema/check-context.ts';
import { compileSchemas } from './schema/compile.ts';
import { renderTemplate } from './template/render.ts';

// Far above any honest tool, far below what a workshop holds.
const RENDER_OUTPUT_BYTES = 2 * 1024 * 1024;

/** What the bundle evaluates to. */
export const engines = {
  context: answering((request: ContextRequest) => checkContext(request.contextSchema, request.context)),
  render: answering((request: RenderRequest): Rendered =>
    renderTemplate({
      manifestTemplate: request.manifestTemplate,
      sourceTemplate: request.sourceTemplate,
      context: JSON.parse(request.context) as Json,
      data: JSON.parse(request.data) as { readonly [pack: string]: Json },
      outputBytes: RENDER_OUTPUT_BYTES,
    }),
  ),
  schemas: answering((request: SchemaRequest) => ({ validators: compileSchemas(request) })),
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
