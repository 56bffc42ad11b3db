// The template engine: two Handlebars templates and a context → a manifest and a source, in which every `{{…}}` is one
// literal. Pure code for a bare isolate; the language is docs/template-language.md.
//
// SECURITY: no value of a context can become code, and no template can write more than its budget. The wall around a
// template that finds a way out is the isolate, and the deadline of the making.

import type { Json, SourcePosition } from '../../manifest.ts';
import { checkLanguage } from './check.ts';
import { countBreaks, templateError, type TemplateFile } from './failure.ts';
import type { Program } from './handlebars.ts';
import { findJsonFault } from './json-fault.ts';
import type { Language } from './lexer.ts';
import { Output, type Budget } from './output.ts';
import { parseTemplate } from './parse.ts';
import { runPlan } from './run.ts';
import { checkSlots, type KeySlots } from './slots.ts';
import { planTemplate } from './transform.ts';

/** The texts of a template. */
export interface TemplateTexts {
  /** `tool.json.hbs`. */
  readonly manifestTemplate: string;
  /** `tool.ts.hbs`. */
  readonly sourceTemplate: string;
}

/** What {@link renderTemplate} needs. */
export interface TemplateRequest extends TemplateTexts {
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
 * Checks and renders a template.
 *
 * @throws what {@link checkTemplate} throws
 * @throws TEMPLATE_VALUE_MISSING when a value is missing that no `default`, `if`, `unless`, `each` … asks for
 * @throws TEMPLATE_HELPER_FAILED when a helper cannot use its arguments, or a value cannot be written as a literal
 * @throws TEMPLATE_OUTPUT_LIMIT when the files together pass `outputBytes`
 * @throws TEMPLATE_OUTPUT_INVALID when the manifest is not JSON
 */
export function renderTemplate(request: TemplateRequest): RenderedTemplate {
  const [manifestTemplate, sourceTemplate] = load(request);
  const budget: Budget = { bytesLeft: request.outputBytes };
  const manifest = run(manifestTemplate, request, budget);
  checkManifest(manifest);
  const source = run(sourceTemplate, request, budget);
  return { manifest: manifest.text, source: source.text, sourceLines: source.lines };
}

/**
 * The checks that need no context: a template that passes them can be kept.
 *
 * @throws TEMPLATE_SYNTAX, TEMPLATE_RAW_SLOT, TEMPLATE_UNSUPPORTED, TEMPLATE_HELPER_UNKNOWN, TEMPLATE_SLOT_POSITION
 * @throws TEMPLATE_HELPER_FAILED for a call with too few or too many arguments
 */
export function checkTemplate(texts: TemplateTexts): void {
  load(texts);
}

/** A template that passed every check. */
interface Loaded {
  readonly file: TemplateFile;
  readonly language: Language;
  readonly program: Program;
  readonly keys: KeySlots;
}

function load({ manifestTemplate, sourceTemplate }: TemplateTexts): [Loaded, Loaded] {
  return [loadFile('tool.json.hbs', 'json', manifestTemplate), loadFile('tool.ts.hbs', 'ts', sourceTemplate)];
}

function loadFile(file: TemplateFile, language: Language, text: string): Loaded {
  const program = parseTemplate(file, text);
  checkLanguage(file, program);
  return { file, language, program, keys: checkSlots(file, language, program) };
}

function run({ file, language, program, keys }: Loaded, request: TemplateRequest, budget: Budget): Output {
  const { context, data, template, outputBytes } = request;
  const output = new Output(language, budget, (line) => {
    const reason = `the rendered files pass ${outputBytes} bytes here; emit less, or raise the limit`;
    throw templateError('TEMPLATE_OUTPUT_LIMIT', { file, line, column: 0 }, reason, { limit: outputBytes });
  });
  runPlan(planTemplate(file, program, keys), { language, output, maxLength: outputBytes, context, data, template });
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
