// What a workshop says may come from a template or a schema that broke out of its engine: rebuilt here from an allow-list.

import { sandboxError } from '../errors.ts';
import type { SourcePosition } from '../manifest.ts';
import type { WorkOutcome, WorkshopOp, WorkshopOps } from '../workshop-messages.ts';
import type { Frame } from '../wire.ts';
import { checkMakingFailure } from './check-answer.ts';

const MAX_WARNINGS = 100;
const MAX_WARNING = 1000;
// No result of an honest step is larger: the steps keep tighter bounds of their own.
const MAX_RESULT_BYTES = 32 * 1024 * 1024;

/** Reads the answer to a step. @throws CELL_PROTOCOL when no workshop of ours would say it */
export function readWork({ header, body }: Frame, id: number, op: WorkshopOp): WorkOutcome {
  if (header.type !== 'done' || header['id'] !== id || body.length > MAX_RESULT_BYTES) throw broken();
  const value: unknown = JSON.parse(body.toString());
  if (header['ok'] !== true) return { ok: false, failure: checkMakingFailure(value) };
  return { ok: true, result: CHECKS[op](value) };
}

const CHECKS: { readonly [Op in WorkshopOp]: (value: unknown) => WorkshopOps[Op]['result'] } = {
  context: text,
  render(value) {
    const { manifest, source, sourceLines } = record(value);
    return { manifest: text(manifest), source: text(source), sourceLines: list(sourceLines).map(wholeNumber) };
  },
  compile(value) {
    const { script, sourceMap, warnings } = record(value);
    return {
      script: text(script),
      sourceMap: text(sourceMap),
      warnings: list(warnings).slice(0, MAX_WARNINGS).map(warning),
    };
  },
  schemas: (value) => ({ validators: text(record(value)['validators']) }),
};

function warning(value: unknown): { readonly text: string; readonly at?: SourcePosition } {
  const { text: said, at } = record(value);
  const note = text(said).slice(0, MAX_WARNING);
  if (at === undefined) return { text: note };
  const { file, line, column } = record(at);
  return { text: note, at: { file: text(file), line: wholeNumber(line), column: wholeNumber(column) } };
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw broken();
  return value;
}

function wholeNumber(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw broken();
  return value;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw broken();
  return value as readonly unknown[];
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw broken();
  return value as Record<string, unknown>;
}

function broken(): Error {
  return sandboxError('CELL_PROTOCOL', 'a workshop says what it was not asked');
}
