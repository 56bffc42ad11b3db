// Starts esbuild's WebAssembly form in this process: no child process, no worker, no disk.

import { readFileSync } from 'node:fs';

import type * as Esbuild from 'esbuild-wasm';

/** Node has it; the types of ECMAScript alone do not. */
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<WebAssembly.Module> };

/** Starts the library's browser form with the program at a path. */
export async function startEsbuild(library: typeof Esbuild, wasmPath: string): Promise<typeof Esbuild> {
  // It looks for `self` where a browser has it.
  Object.assign(globalThis, { self: globalThis, setTimeout: withoutDelay(setTimeout) });
  const wasmModule = await WebAssembly.compile(readFileSync(wasmPath));
  await library.initialize({ wasmModule, worker: false });
  return library;
}

/**
 * The library hands every message to its program through a timer without a delay. Node makes that a whole millisecond, and
 * a build is two messages for each file and import: most of its time was waiting.
 */
function withoutDelay(original: typeof setTimeout): (callback: () => void, delayMs?: number) => unknown {
  return (callback, delayMs) => (delayMs === undefined ? setImmediate(callback) : original(callback, delayMs));
}
