// Stack traces show the tool's own positions and nothing else: no frame of the prelude, no path of the host.

import { Error, methodOf, Reflect } from './primordials.ts';

/** The name the cell compiles a tool's script under; every position of a stack names it. */
export const TOOL_FILE = 'glovebox:tool';

/** The part of V8's CallSite that is read here. Guests never see one. */
interface CallSite {
  getFileName(): unknown;
  toString(): string;
}

/** Puts the formatter in place. What a library assigns to `Error.prepareStackTrace` is ignored. */
export function cleanStacks(): void {
  Reflect.defineProperty(Error, 'prepareStackTrace', {
    get: () => formatStack,
    set: () => undefined,
    enumerable: false,
    configurable: false,
  });
}

// An arrow: a guest reads it off the accessor, and a function declared has a prototype that it could change.
const formatStack = (error: unknown, frames: readonly CallSite[]): string => {
  let text = headline(error);
  for (const frame of frames) {
    if (frame.getFileName() === TOOL_FILE) text += `\n    at ${frame.toString()}`;
  }
  return text;
};

function headline(error: unknown): string {
  try {
    return errorToString(error);
  } catch {
    return 'Error';
  }
}

const errorToString = methodOf(Error.prototype as { toString(): string }, 'toString');
