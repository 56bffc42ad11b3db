// The programs of the inner rings, bundled once from this package's own sources when the jail opens.
//
// Children get them through pipes, never from disk: a jailed process needs no right to read the sources, cannot strip
// types itself (`--jitless` has no WebAssembly), and all children of one host run the same bytes.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build, stop } from 'esbuild';

/** Everything a lane needs to start children; plain data for a worker thread. */
export interface Programs {
  /** Sets the walls, then becomes one of the next two. */
  readonly launcher: string;
  readonly cell: string;
  readonly workshop: string;
  /** Classic scripts for isolates. */
  readonly prelude: string;
  readonly validatorRuntime: string;
  readonly engines: string;
  /** Virtual file → text: the module `glovebox` as tools import it. */
  readonly sdk: Readonly<Record<string, string>>;
  /** Absolute paths of what children load natively: isolated-vm, esbuild's WebAssembly form. */
  readonly native: { readonly isolatedVm: string; readonly esbuild: string; readonly esbuildWasm: string };
  /** Folders a child may read: just those of `native`. */
  readonly readable: readonly string[];
  /** What children start in, if anything. */
  readonly bubblewrap?: Bubblewrap | undefined;
  /** Where groups for children can be made, if anywhere. */
  readonly cgroup?: Cgroup | undefined;
}

/** How to start a program in bubblewrap. */
export interface Bubblewrap {
  /** What goes before the program's own command. */
  readonly command: readonly string[];
  /** What Node is linked with, by the paths at which it lies in there. */
  readonly libraries: readonly string[];
}

/** A control group (version 2) that was delegated to this host. */
export interface Cgroup {
  readonly folder: string;
  /** Those of `memory`, `pids` and `cpu` that limit what is below. */
  readonly controllers: readonly string[];
}

const require = createRequire(import.meta.url);

let bundled: Promise<Programs> | undefined;

/** Bundles all programs; about 100 ms, once per process: the sources do not change under it. */
export async function bundlePrograms(): Promise<Programs> {
  const mine = (bundled ??= bundleAll());
  try {
    return await mine;
  } catch (error) {
    if (bundled === mine) bundled = undefined;
    throw error;
  }
}

/** The program that tries the walls from inside: see `lane/wall/probe.ts`. */
export function bundleProbe(): Promise<string> {
  return bundleProgram('lane/wall/probe', 'cjs');
}

async function bundleAll(): Promise<Programs> {
  const [launcher, cell, workshop, prelude, validatorRuntime, engines, sdkIndex, sdkDecimal] = await Promise.all([
    bundleProgram('lane/launch', 'cjs'),
    bundleProgram('cell/main'),
    bundleProgram('workshop/main'),
    bundleGuest('guest/prelude/main', 'default'),
    bundleGuest('guest/schema/runtime', 'runtime'),
    bundleGuest('guest/engines', 'engines'),
    bundleModule('guest/sdk/index', ['./decimal.ts', './decimal.js']),
    bundleModule('guest/sdk/decimal', []),
  ]);
  return {
    launcher,
    cell,
    workshop,
    prelude,
    validatorRuntime,
    engines,
    sdk: { index: sdkIndex, decimal: sdkDecimal },
    ...findNativeParts(),
  };
}

/** What children load from the disk. */
export function findNativeParts(): Pick<Programs, 'native' | 'readable'> {
  const native = {
    isolatedVm: require.resolve('isolated-vm'),
    esbuild: require.resolve('esbuild-wasm/lib/browser.js'),
    esbuildWasm: require.resolve('esbuild-wasm/esbuild.wasm'),
  };
  const readable = [
    dirname(native.isolatedVm),
    dirname(createRequire(native.isolatedVm).resolve('node-gyp-build')),
    dirname(dirname(native.esbuild)),
  ];
  return { native, readable };
}

/** A Node program, for `--input-type=module`. */
function bundleProgram(name: string, format: 'esm' | 'cjs' = 'esm'): Promise<string> {
  return bundle({
    entryPoints: [sourceOf(name)],
    platform: 'node',
    format,
    external: ['isolated-vm', 'esbuild-wasm'],
  });
}

/** A classic script whose completion value is one export of its entry, and which leaves no global behind. */
function bundleGuest(name: string, exported: string): Promise<string> {
  return bundle({
    entryPoints: [sourceOf(name)],
    platform: 'neutral',
    mainFields: ['module', 'main'],
    format: 'iife',
    globalName: 'program',
    banner: { js: '(() => {' },
    footer: { js: `return program.${exported}; })();` },
  });
}

/** A module that tools import. */
function bundleModule(name: string, external: string[]): Promise<string> {
  return bundle({
    entryPoints: [sourceOf(name)],
    platform: 'neutral',
    mainFields: ['module', 'main'],
    format: 'esm',
    external,
  });
}

let bundling = 0;

async function bundle(options: Parameters<typeof build>[0]): Promise<string> {
  bundling += 1;
  try {
    const result = await build({
      ...options,
      bundle: true,
      write: false,
      target: 'esnext',
      charset: 'utf8',
      legalComments: 'none',
      logLevel: 'silent',
    });
    return result.outputFiles?.[0]?.text ?? '';
  } finally {
    bundling -= 1;
    // Ends esbuild's service process, unless it works for another: a host at rest has no child it does not need.
    if (bundling === 0) void stop();
  }
}

/** TypeScript in the repository, JavaScript in the published package. */
function sourceOf(name: string): string {
  const path = join(dirname(fileURLToPath(import.meta.url)), name);
  return existsSync(`${path}.ts`) ? `${path}.ts` : `${path}.js`;
}
