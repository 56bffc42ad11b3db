// Two Handlebars templates → what renders them: checked, planned and compiled, as plain data that can be kept.
//
// Nothing but the templates' own texts goes in. What a template is filled with comes later, in `render.ts`.

import type { TemplateTexts } from '../../making-contract.ts';
import { checkLanguage } from './check.ts';
import type { TemplateFile } from './failure.ts';
import { compilePlan, type CompiledPlan } from './run.ts';
import type { Language } from './lexer.ts';
import { parseTemplate } from './parse.ts';
import { checkSlots } from './slots.ts';
import { planTemplate } from './transform.ts';

/** A template that passed every check. Plain data. */
export interface CompiledTemplate {
  readonly manifest: CompiledFile;
  readonly source: CompiledFile;
}

/** One file of it. */
export interface CompiledFile extends CompiledPlan {
  readonly file: TemplateFile;
  readonly language: Language;
}

/**
 * Checks and compiles a template.
 *
 * @throws TEMPLATE_SYNTAX, TEMPLATE_RAW_SLOT, TEMPLATE_UNSUPPORTED, TEMPLATE_HELPER_UNKNOWN, TEMPLATE_SLOT_POSITION
 * @throws TEMPLATE_HELPER_FAILED for a call with too few or too many arguments
 */
export function compileTemplate({ manifestTemplate, sourceTemplate }: TemplateTexts): CompiledTemplate {
  return {
    manifest: compileFile('tool.json.hbs', 'json', manifestTemplate),
    source: compileFile('tool.ts.hbs', 'ts', sourceTemplate),
  };
}

function compileFile(file: TemplateFile, language: Language, text: string): CompiledFile {
  const program = parseTemplate(file, text);
  checkLanguage(file, program);
  const plan = planTemplate(file, program, checkSlots(file, language, program));
  return { file, language, ...compilePlan(plan) };
}
