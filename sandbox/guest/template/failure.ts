// How a template's failure looks: file, line and column in front, and again as data.

import { sandboxError, type CodedError, type SandboxErrorCode } from '../../errors.ts';
import type { SourcePosition } from '../../manifest.ts';

/** The two templates of a tool. */
export type TemplateFile = 'tool.json.hbs' | 'tool.ts.hbs';

/** A code of the catalogue that is about templates. */
export type TemplateErrorCode = Extract<SandboxErrorCode, `TEMPLATE_${string}`>;

/** A failure at a place of a template. The message counts columns from 1, as editors do; `data.column` from 0. */
export function templateError(
  code: TemplateErrorCode,
  at: SourcePosition,
  message: string,
  data: Readonly<Record<string, unknown>> = {},
): CodedError {
  const { file, line, column } = at;
  return sandboxError(code, `${file}:${line}:${column + 1}: ${message}`, { file, line, column, ...data });
}

/** Where `offset` stands in a text that begins at `start`. */
export function positionAt(start: SourcePosition, text: string, offset: number): SourcePosition {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  if (lastBreak < 0) return { ...start, column: start.column + offset };
  return { ...start, line: start.line + countBreaks(before), column: offset - lastBreak - 1 };
}

/** How many line breaks a text holds. */
export function countBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
