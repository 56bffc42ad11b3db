// Failures as the host gets them, and the errors guests see them as.
//
// SECURITY: a code counts only if the prelude made the error itself: `issued` is the brand. A guest that throws
// `{ code: 'LIMIT_CPU' }` has thrown an object, TOOL_THREW.

import { Error, isObject, JSON, Reflect, String, WeakMap } from './primordials.ts';

/** The text of a `failed` post, before it is JSON. */
export interface GuestFailure {
  readonly code: string;
  readonly message: string;
  readonly data?: unknown;
}

const MAX_MESSAGE = 4000;
const MAX_STACK_LINES = 20;
/** Longer texts are not touched at all: flattening a rope of 500 MB would take the memory it stands for. */
const MAX_READABLE = 1_000_000;

const issued = new WeakMap<object, GuestFailure>();

/** An error of the host's for guests to catch; uncaught, it ends the run under its code. */
export function issueError(failure: GuestFailure): Error {
  const error = new Error(failure.message);
  Reflect.defineProperty(error, 'name', { value: 'HostError', writable: true, configurable: true });
  Reflect.defineProperty(error, 'code', { value: failure.code, enumerable: true });
  issued.set(error, failure);
  return error;
}

/** What a thrown value says about itself; each of its properties is read once and clipped. */
export function failureOf(thrown: unknown): GuestFailure {
  if (!isObject(thrown)) return { code: 'TOOL_THREW', message: `the tool threw ${clip(textOf(thrown), MAX_MESSAGE)}` };
  const known = issued.get(thrown);
  if (known !== undefined) return known;
  const name = readText(thrown, 'name');
  const message = readText(thrown, 'message');
  const stack = readText(thrown, 'stack');
  const title = clip(name ?? 'a value that is not an error', 100);
  return {
    code: 'TOOL_THREW',
    message: message === undefined || message === '' ? title : `${title}: ${clip(message, MAX_MESSAGE)}`,
    data: { name: title, stack: stack === undefined ? '' : positionsOf(stack) },
  };
}

/** The text of a failure for the `failed` post. */
export function failureText(failure: GuestFailure): string {
  return JSON.stringify(failure);
}

/** At most that much of a text. */
export function clip(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  if (text.length > MAX_READABLE) return `(a text of ${text.length} characters)`;
  return `${text.slice(0, maxLength)}…`;
}

function readText(thrown: object, key: string): string | undefined {
  try {
    const value: unknown = Reflect.get(thrown, key);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function textOf(primitive: unknown): string {
  return typeof primitive === 'string' ? primitive : String(primitive);
}

/** The lines of a stack that are positions in the tool. */
function positionsOf(stack: string): string {
  if (stack.length > MAX_READABLE) return '';
  const positions: string[] = [];
  for (const line of stack.split('\n')) {
    if (positions.length === MAX_STACK_LINES) break;
    if (POSITION.test(line)) positions.push(clip(line.trim(), 300));
  }
  return positions.join('\n');
}

const POSITION = /^\s*at .{0,250}glovebox:tool:\d+:\d+\)?$/;
