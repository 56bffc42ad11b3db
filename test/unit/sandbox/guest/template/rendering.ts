// What the tests of the template engine share: one file rendered, one failure caught, rendered TypeScript evaluated.

import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { transformSync } from 'esbuild';
import type { Failure, Json } from '#sandbox';
import type { RenderedTemplate } from '../../../../../sandbox/guest/template/render.ts';
import { renderTemplate } from '../../../../fixtures/engines.ts';

export const OUTPUT_BYTES = 1024 * 1024;

/** Renders a source, with an empty manifest beside it. */
export function renderSource(sourceTemplate: string, context: Json = {}, outputBytes = OUTPUT_BYTES): RenderedTemplate {
  return renderTemplate({ manifestTemplate: '{}', sourceTemplate, context, data: {}, outputBytes });
}

/** Renders a manifest, with an empty source beside it. */
export function renderManifest(manifestTemplate: string, context: Json = {}): string {
  return renderTemplate({ manifestTemplate, sourceTemplate: '', context, data: {}, outputBytes: OUTPUT_BYTES })
    .manifest;
}

/** The value of one expression of the template language. */
export function valueOf(expression: string, context: Json = {}): unknown {
  return JSON.parse(renderManifest(`{{${expression}}}`, context));
}

/** The value of the TypeScript expression that a source renders to, as this realm's plain data. */
export function evaluate(source: string): unknown {
  const { code } = transformSync(`globalThis.value = [${source}]`, { loader: 'ts' });
  const sandbox: { value?: unknown } = {};
  // Nothing of Node is in there: if text became code, `process` would be a ReferenceError and not a surprise.
  runInNewContext(code, sandbox);
  return (copy(sandbox.value) as unknown[])[0];
}

/** A deep copy with this realm's prototypes; own keys `__proto__` stay keys. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from(value, copy);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, copy(entry)]));
}

/** The failure of what must fail. */
export function failureOf(action: () => unknown): Failure {
  try {
    action();
  } catch (error) {
    return error as Failure;
  }
  return assert.fail('nothing was thrown');
}

/** Code and position of what must fail. */
export function faultOf(action: () => unknown): [code: string, file: unknown, line: unknown, column: unknown] {
  const { code, data } = failureOf(action);
  return [code, data?.['file'], data?.['line'], data?.['column']];
}
