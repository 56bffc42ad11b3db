// The layer order, the rings of the jail and who holds which authority, as data. ARCHITECTURE.md tells the order in
// prose; this is the copy that fails.

/**
 * Modules from the bottom up. A module may import its own files and the faces of modules on lower lines; modules of one
 * line are peers. A name that ends in `.ts` is a module of one file without a face.
 */
export const LAYERS: readonly (readonly string[])[] = [
  ['sandbox'],
  ['host/base'],
  ['host/store'],
  ['host/ledger', 'host/access', 'host/traffic'],
  ['host/registry', 'host/capabilities'],
  ['host/making', 'host/calling'],
  ['host/upstream', 'host/mesh'],
  ['host/routing'],
  ['host/planning'],
  ['host/doors/http', 'host/doors/mcp', 'host/doors/a2a', 'host/doors/admin', 'host/doors/console'],
  ['host/app.ts'],
  ['host/cli'],
];

/** A ring of the jail: which files it is made of, and which rings it may import besides itself. */
export interface Ring {
  readonly name: string;
  readonly files: RegExp;
  readonly mayImport: readonly string[];
}

/** From the outside in; a file belongs to the first ring that matches it. */
export const RINGS: readonly Ring[] = [
  { name: 'guest', files: /^sandbox\/guest\//, mayImport: ['shared'] },
  { name: 'cell', files: /^sandbox\/cell\//, mayImport: ['shared'] },
  { name: 'workshop', files: /^sandbox\/workshop\//, mayImport: ['shared'] },
  { name: 'lane', files: /^sandbox\/lane\//, mayImport: ['shared', 'host side'] },
  {
    name: 'shared',
    files: /^sandbox\/(errors|limits|manifest|visible-text|([a-z-]+-)?contract|wire|[a-z-]+-messages)\.ts$/,
    mayImport: [],
  },
  { name: 'host side', files: /^sandbox\//, mayImport: ['shared', 'lane'] },
];

/** Library → the modules that may import it. Replacing one is one folder's work. */
export const LIBRARY_OWNERS: Readonly<Record<string, readonly string[]>> = {
  '@koa/router': ['host/doors/http'],
  '@modelcontextprotocol/client': ['host/upstream', 'host/cli/demo'],
  '@modelcontextprotocol/node': ['host/doors/mcp'],
  '@modelcontextprotocol/server': ['host/doors/mcp'],
  ajv: ['sandbox'],
  'ajv-formats': ['sandbox'],
  'big.js': ['sandbox/guest'],
  'cli-table3': ['host/cli'],
  commander: ['host/cli'],
  esbuild: ['sandbox'],
  'esbuild-wasm': ['sandbox'],
  handlebars: ['sandbox'],
  'isolated-vm': ['sandbox/cell', 'sandbox/workshop'],
  koa: ['host/doors/http'],
  kysely: ['host/store'],
  pg: ['host/store'],
  pino: ['host/base'],
  piscina: ['sandbox'],
};

/** Parts of Node that reach nothing outside the process: anyone may use them. */
export const HARMLESS_BUILTINS: ReadonlySet<string> = new Set([
  'node:async_hooks',
  'node:buffer',
  'node:crypto',
  'node:events',
  'node:path',
  'node:stream',
  'node:stream/promises',
  'node:string_decoder',
  'node:timers',
  'node:timers/promises',
  'node:url',
  'node:util',
]);

/** Parts of Node that are authority → who may hold it. A part in neither list is nobody's. */
export const BUILTIN_OWNERS: Readonly<Record<string, readonly string[]>> = {
  'node:child_process': ['sandbox/lane', 'host/cli'],
  'node:ffi': ['sandbox/lane'],
  'node:fs': ['sandbox', 'host/store', 'host/making', 'host/doors', 'host/app.ts', 'host/cli'],
  'node:fs/promises': ['sandbox', 'host/store', 'host/making', 'host/doors', 'host/app.ts', 'host/cli'],
  'node:http': ['host/doors/http'],
  // In the registry: the source map reader.
  'node:module': ['sandbox', 'host/registry', 'host/cli'],
  // In the jail: the inherited socket pair is the wire.
  'node:net': ['host/doors/http', 'sandbox/cell', 'sandbox/workshop', 'sandbox/lane'],
  'node:os': ['sandbox', 'host/app.ts', 'host/cli'],
  // In the command: whether the host stands still while it is attacked.
  'node:perf_hooks': ['host/cli'],
  'node:process': ['sandbox/lane', 'sandbox/cell', 'sandbox/workshop', 'host/cli'],
  'node:sqlite': ['host/store'],
  'node:v8': ['sandbox/cell', 'sandbox/workshop'],
  'node:worker_threads': ['sandbox/lane', 'sandbox/lane-thread.ts'],
};

/** Ambient authority that is no import → who may use it. Everybody else gets it as an argument. */
export const AMBIENT_OWNERS: Readonly<Record<string, readonly string[]>> = {
  // The bin asks whether npx runs it, and hands over the whole process; nobody else needs more than a parsed Config.
  'process.env': ['host/cli/bin.mjs'],
  'process.exit': ['host/cli', 'sandbox/cell', 'sandbox/workshop', 'sandbox/lane'],
  'process.on': ['host/cli', 'sandbox/cell', 'sandbox/workshop', 'sandbox/lane'],
  'Date.now': ['host/base/clock.ts', 'sandbox'],
  'new Date()': ['sandbox'],
  'performance.now': ['host/base/clock.ts', 'sandbox', 'host/cli/demo'],
  fetch: ['sandbox/guest', 'host/cli/demo'],
};

/** Programs whose only export is for a loader: isolates and piscina call the default export. */
export const PROGRAMS = /^sandbox\/(attacks|guest)\/|^sandbox\/lane\/[a-z]+-worker\.ts$/;

/** Files that may load what is named at run time → why. */
export const COMPUTED_IMPORTS: Readonly<Record<string, string>> = {
  'sandbox/attacks/load-attacks.ts': 'the list of attacks is the list of the files there',
  'sandbox/workshop/main.ts': 'runs from a pipe, so its lane tells it where the native parts lie',
};

/** Longest a file may be without a reason, in lines. */
export const MAX_FILE_LINES = 400;

/** Files that are longer → why one long file reads better than two. A test fails when an entry is no longer needed. */
export const LONG_FILES: Readonly<Record<string, string>> = {};
