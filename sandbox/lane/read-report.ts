// What a cell says of the run it executes, read from a frame: sizes, shapes and numbers first, nothing believed.
//
// SECURITY: a guest may have taken its cell over. What no cell of ours would say throws, which costs the cell its life
// and convicts the run it executed; test/integration/jail/hostile-cell.test.ts holds it.

import type { TurnUsage } from '../cell-messages.ts';
import type { LogLine, Progress, WaitingCall } from '../contract.ts';
import { isCodedError, sandboxError, sandboxFailure, type Failure } from '../errors.ts';
import type { ContentPart } from '../manifest.ts';
import { visibleText } from '../visible-text.ts';
import type { Frame } from '../wire.ts';
import { checkContent, checkRunFailure, holdsInfinity, isWithin } from './check-answer.ts';
import type { Journal } from './journal.ts';
import { scrubText } from './scrub.ts';

/** How a turn ended, as far as the lane believes it. */
export type TurnEnd =
  | {
      readonly state: 'done';
      /** Absent when the tool gave content alone. */
      readonly output?: string;
      readonly content: readonly ContentPart[];
      readonly bytes: number;
    }
  | { readonly state: 'failed'; readonly failure: Failure }
  | { readonly state: 'parked' | 'dropped' | 'unknown-version' };

/** One frame about a run. */
export type Report =
  | { readonly type: 'log'; readonly line: LogLine }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'call'; readonly call: WaitingCall }
  | { readonly type: 'turn'; readonly usage: TurnUsage; readonly end: TurnEnd };

const MAX_NOTE = 500;
// What a host that clones, digests or writes a result can walk without running out of stack.
const MAX_OUTPUT_DEPTH = 256;
const MAX_CAPABILITY = 128;
// A prelude keeps the arguments of its unanswered calls under a million characters, each of at most three bytes.
const MAX_SAID_BYTES = 4 * 1024 * 1024;
// Seconds of CPU that no limit allows, and more memory than a cell is given.
const MAX_CPU_MS = 1e6;
const MAX_BYTES = 1e12;

/** Reads one frame about a run that may write that much and has had these answers. @throws CELL_PROTOCOL */
export function readReport({ header, body }: Frame, outputBytes: number, journal: Journal): Report {
  if (header.type === 'turn') {
    const usage = readUsage(header['usage']);
    return { type: 'turn', usage, end: readEnd(header, body, outputBytes, journal) };
  }
  if (header.type !== 'said' || body.length > MAX_SAID_BYTES) throw broken('says something else or too much');
  const said = readRecord(body.toString());
  switch (header['kind']) {
    case 'log':
      return { type: 'log', line: readLine(said) };
    case 'progress':
      return { type: 'progress', progress: readProgress(said) };
    case 'call':
      return readCall(said);
    default:
      throw broken('says a kind of thing that is not known');
  }
}

function readEnd(header: Frame['header'], body: Buffer, outputBytes: number, journal: Journal): TurnEnd {
  const state = header['state'];
  switch (state) {
    case 'done':
      return readDone(body, header['outputBytes'], outputBytes);
    case 'failed':
      return { state, failure: checkRunFailure(header['failure'], journal) };
    case 'parked':
    case 'dropped':
    case 'unknown-version':
      return { state };
    default:
      throw broken('ends a turn in an unknown way');
  }
}

function readDone(body: Buffer, contentAt: unknown, outputBytes: number): TurnEnd {
  if (body.length > outputBytes) {
    const message = `the result has ${body.length} bytes, over limits.outputBytes = ${outputBytes}`;
    return {
      state: 'failed',
      failure: sandboxFailure('LIMIT_OUTPUT', message, { limit: 'outputBytes', value: outputBytes }),
    };
  }
  const outputEnd = readNumber(contentAt, body.length);
  const output = body.toString('utf8', 0, outputEnd);
  // Here, off the host's main loop: that this is a JSON object.
  const refusal = outputEnd === 0 ? undefined : refuseOutput(readRecord(output));
  if (refusal !== undefined) return { state: 'failed', failure: refusal };
  const content = readContent(body.toString('utf8', outputEnd));
  if ('code' in content) return { state: 'failed', failure: content };
  if (outputEnd === 0 && content.length === 0) throw broken('gives neither an output nor content');
  return { state: 'done', ...(outputEnd === 0 ? {} : { output }), content, bytes: body.length };
}

function refuseOutput(output: Record<string, unknown>): Failure | undefined {
  if (!isWithin(output, MAX_OUTPUT_DEPTH)) {
    const message = `the result is nested more than ${MAX_OUTPUT_DEPTH} deep; return something flatter`;
    return sandboxFailure('OUTPUT_INVALID', message, { limit: MAX_OUTPUT_DEPTH });
  }
  if (!holdsInfinity(output)) return undefined;
  return sandboxFailure('OUTPUT_INVALID', 'the result holds a number too large for a double; return it as text');
}

function readContent(text: string): readonly ContentPart[] | Failure {
  try {
    return checkContent(text);
  } catch (error) {
    // A tool's own mistake, for instance in a MIME type.
    if (isCodedError(error)) return error;
    throw error;
  }
}

function readUsage(usage: unknown): TurnUsage {
  if (!isRecord(usage)) throw broken('does not say what a turn used');
  return {
    cpuMs: readNumber(usage['cpuMs'], MAX_CPU_MS),
    heapUsedBytes: readNumber(usage['heapUsedBytes'], MAX_BYTES),
    rssPeakBytes: readNumber(usage['rssPeakBytes'], MAX_BYTES),
  };
}

function readLine({ level, text, code }: Record<string, unknown>): LogLine {
  if (typeof text !== 'string') throw broken('logs what is not text');
  return {
    level: level === 'debug' || level === 'warn' || level === 'error' ? level : 'info',
    text: visibleText(text),
    ...(code === 'LIMIT_LOG' ? { code } : {}),
  };
}

function readProgress({ ratio, message }: Record<string, unknown>): Progress {
  const note = typeof message === 'string' ? { message: scrubText(message, MAX_NOTE) } : {};
  return { ratio: readNumber(ratio, 1), ...note };
}

function readCall({ id, capability, args }: Record<string, unknown>): Report {
  const call = readNumber(id, Number.MAX_SAFE_INTEGER);
  if (typeof capability !== 'string' || capability.length > MAX_CAPABILITY || typeof args !== 'string') {
    throw broken('makes a call without a name or arguments');
  }
  return { type: 'call', call: { call, capability, args } };
}

function readNumber(value: unknown, max: number): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= max)) throw broken('gives a number out of bounds');
  return value;
}

function readRecord(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value)) throw broken('says what is no JSON object');
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function broken(problem: string): Error {
  return sandboxError('CELL_PROTOCOL', `a cell ${problem}`);
}
