// Starts esbuild's WebAssembly form in this process: no child process, no worker, no disk.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type * as Esbuild from 'esbuild-wasm';

/** Node has it; the types of ECMAScript alone do not. */
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<WebAssembly.Module> };

const require = createRequire('/');

/** Loads the browser form of the library from one path and its program from another. */
export async function startEsbuild(libraryPath: string, wasmPath: string): Promise<typeof Esbuild> {
  // It looks for `self` where a browser has it.
  Object.assign(globalThis, { self: globalThis, setTimeout: withoutDelay(setTimeout) });
  const esbuild = require(libraryPath) as typeof Esbuild;
  const wasmModule = await WebAssembly.compile(readFileSync(wasmPath));
  await esbuild.initialize({ wasmModule, worker: false });
  return esbuild;
}

/**
 * The library hands every message to its program through a timer without a delay. Node makes that a whole millisecond, and
 * a build is two messages for each file and import: most of its time was waiting.
 */
function withoutDelay(original: typeof setTimeout): (callback: () => void, delayMs?: number) => unknown {
  return (callback, delayMs) => (delayMs === undefined ? setImmediate(callback) : original(callback, delayMs));
}
