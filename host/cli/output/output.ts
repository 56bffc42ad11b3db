// How a command answers: one JSON document or text for people on stdout; progress and failures on stderr.

import { CodedError, isCodedError, plainFailure, type Failure } from '#sandbox';
import { hostFailure } from '#host/base';
import type { MountedItem } from '#host/making';
import type { MakingStep } from '#host/registry';
import type { OutputStream, Surroundings } from '../surroundings.ts';
import { changeOf, formatChanges } from './changes.ts';
import { findingsIn, formatFindings } from './findings.ts';
import { formatMountedItem, formatMountProblems } from './mounting.ts';
import { printable } from './printable.ts';
import { formatReport, formatStep } from './report.ts';
import { createStyle, hasColours, type Style } from './style.ts';
import type { TableOptions } from './table.ts';

/** Where a command's answer goes. */
export interface Output {
  /** Whether the answer is one JSON document. */
  readonly json: boolean;
  /** Colours for what goes to stdout. */
  readonly style: Style;
  /** How tables on stdout look. */
  readonly table: TableOptions;
  /** Whether a person watches a making go by, step by step. */
  readonly live: boolean;
  /** The command's one answer: the document, or what `text` makes of it. */
  result(document: unknown, text: () => string): void;
  /** Text for people before the answer is complete; nothing when the answer is a document. */
  passage(text: string): void;
  /** A making's step, as it ends; only where somebody watches. */
  step(step: MakingStep): void;
  /** An item of a folder that is being mounted, as it is done; only where somebody watches. */
  mountedItem(item: MountedItem): void;
  /** How far a long command has come, in place of what it said before; nothing at all where nobody watches. */
  progress(text: string): void;
  /** A failure, with what is known beside it. */
  failure(failure: Failure, beside?: Readonly<Record<string, unknown>>): void;
}

/** Opens nothing: writes to the streams it is given. */
export function createOutput(surroundings: Surroundings, json: boolean): Output {
  const { stdout, stderr, env } = surroundings;
  const style = createStyle(stdout, env);
  const errorStyle = createStyle(stderr, env);
  const live = !json && stderr.isTTY === true && stdout.isTTY === true;
  const write = (stream: OutputStream, text: string): void => {
    stream.write(`${printable(text, { colours: hasColours(stream, env) })}\n`);
  };
  const columns = stdout.isTTY === true ? stdout.columns : undefined;
  return {
    json,
    style,
    table: { style, ...(columns === undefined ? {} : { columns }) },
    live,
    result(document, text) {
      write(stdout, json ? JSON.stringify(document, undefined, 2) : text());
    },
    passage(text) {
      if (!json) write(stdout, text);
    },
    step(step) {
      if (live) write(stderr, formatStep(step, errorStyle));
    },
    mountedItem(item) {
      if (live) write(stderr, formatMountedItem(item, errorStyle));
    },
    progress(text) {
      if (live) stderr.write(`${CLEAR_LINE}${printable(text, { colours: hasColours(stderr, env) })}`);
    },
    failure(failure, beside) {
      const document = { error: failure, ...beside };
      write(stderr, json ? JSON.stringify(document, undefined, 2) : failureText(failure, live, errorStyle));
    },
  };
}

/** To the start of the line, and nothing on it. */
const CLEAR_LINE = '\r\u001b[K';

/** The failure of anything thrown. What carries no code was not foreseen; its stack goes to whoever runs the host. */
export function toFailure(error: unknown): Failure {
  if (isCodedError(error)) return plainFailure(error);
  const reason = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? { stack: error.stack } : {};
  return hostFailure('INTERNAL', `something failed that has no code of its own: ${reason}; please report it`, stack);
}

/** Throws a failure that came as data. */
export function throwFailure(failure: Failure): never {
  throw new CodedError(failure);
}

function failureText(failure: Failure, live: boolean, style: Style): string {
  const { code, message, data } = failure;
  const lines = [`${style(['bold', 'red'], code)} ${message}`];
  const problems = data === undefined ? undefined : formatMountProblems(data, style);
  if (problems !== undefined) lines.push('', problems);
  const findings = code === 'INSPECTION_REFUSED' ? formatFindings(findingsIn(data), style) : undefined;
  if (findings !== undefined) lines.push('', findings);
  const change = data === undefined ? undefined : changeOf(data);
  if (change !== undefined) lines.push('', formatChanges(change, style));
  const report = data?.['report'];
  // Where somebody watched, the steps stand above already.
  if (!live && Array.isArray(report) && report.length > 0) {
    lines.push('', formatReport(report as MakingStep[], { style }));
  }
  if (typeof data?.['stack'] === 'string') lines.push(style('dim', data['stack']));
  return lines.join('\n');
}
