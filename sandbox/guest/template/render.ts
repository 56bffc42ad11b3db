// The template engine: a compiled template and a context → a manifest and a source, in which every `{{…}}` is one literal.
// Pure code for a bare isolate; the language is docs/template-language.md.
//
// SECURITY: no value of a context can become code, and no template can write more than its budget. The wall around a
// template that finds a way out is the isolate, and the deadline of the making.

import type { Json, SourcePosition } from '../../manifest.ts';
import type { CompiledFile, CompiledTemplate } from './compile-template.ts';
import { countBreaks, templateError } from './failure.ts';
import { findJsonFault } from './json-fault.ts';
import { Output, type Budget } from './output.ts';
import { runPlan } from './run.ts';

/** What a template is filled with. */
export interface Filling {
  readonly context: Json;
  /** Pack name → pack: `@data.<pack>`. */
  readonly data: { readonly [pack: string]: Json };
  /** `@template.name` and `@template.version`. */
  readonly template?: { readonly name: string; readonly version: string };
  /** What both files together may take, in bytes of UTF-8. */
  readonly outputBytes: number;
}

/** A rendered template. */
export interface RenderedTemplate {
  /** JSON text. */
  readonly manifest: string;
  readonly source: string;
  /** For each line of `source` (index 0 = line 1) the line of `tool.ts.hbs` where it began. */
  readonly sourceLines: number[];
}

/**
 * Renders a template.
 *
 * @throws TEMPLATE_VALUE_MISSING when a value is missing that no `default`, `if`, `unless`, `each` … asks for
 * @throws TEMPLATE_HELPER_FAILED when a helper cannot use its arguments, or a value cannot be written as a literal
 * @throws TEMPLATE_OUTPUT_LIMIT when the files together pass `outputBytes`
 * @throws TEMPLATE_OUTPUT_INVALID when the manifest is not JSON
 */
export function renderTemplate(template: CompiledTemplate, filling: Filling): RenderedTemplate {
  const budget: Budget = { bytesLeft: filling.outputBytes };
  const manifest = run(template.manifest, filling, budget);
  checkManifest(manifest);
  const source = run(template.source, filling, budget);
  return { manifest: manifest.text, source: source.text, sourceLines: source.lines };
}

function run(compiled: CompiledFile, { context, data, template, outputBytes }: Filling, budget: Budget): Output {
  const { file, language } = compiled;
  const output = new Output(language, budget, (line) => {
    const reason = `the rendered files pass ${outputBytes} bytes here; emit less, or raise the limit`;
    throw templateError('TEMPLATE_OUTPUT_LIMIT', { file, line, column: 0 }, reason, { limit: outputBytes });
  });
  runPlan(compiled, { language, output, maxLength: outputBytes, context, data, template });
  return output;
}

function checkManifest({ text, lines }: Output): void {
  const fault = isJson(text) ? undefined : findJsonFault(text);
  if (fault === undefined) return;
  const at: SourcePosition = { file: 'tool.json.hbs', line: lines[countBreaks(text.slice(0, fault))] ?? 1, column: 0 };
  throw templateError('TEMPLATE_OUTPUT_INVALID', at, 'the manifest is no JSON from what this line renders on');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
