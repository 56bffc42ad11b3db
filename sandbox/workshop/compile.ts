// Bundles a tool's own files into one classic script, with esbuild's WebAssembly form inside the jailed workshop.
//
// SECURITY: nothing is read from disk. Every import is resolved here against the given files or refused; the loader knows
// no other source; the list of inputs is checked afterwards. sandbox/attacks/modules tries, glob imports included;
// test/escape/making.test.ts holds it.

import { posix } from 'node:path';

import type * as Esbuild from 'esbuild-wasm';

import type { CompileRequest, Compiled } from '../making-contract.ts';
import { sandboxError, type CodedError } from '../errors.ts';
import type { SourcePosition } from '../manifest.ts';

/** The virtual module's files: `index` and what it imports. */
export type SdkFiles = Readonly<Record<string, string>>;

const MAX_SCRIPT_BYTES = 4 * 1024 * 1024;
const OWN = 'tool';
const SDK = 'glovebox';
const CANDIDATES = ['', '.ts', '.mts', '.js', '.mjs', '.cjs', '.json', '/index.ts', '/index.js'];
const LOADERS: Readonly<Record<string, Esbuild.Loader>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.js': 'js',
  '.mjs': 'js',
  '.cjs': 'js',
  '.json': 'json',
  '.txt': 'text',
};

/** The compiler itself went down (Go panicked, or ran out of memory): it answers nothing any more. */
export class CompilerLost extends Error {
  constructor(options: ErrorOptions) {
    super('the compiler went down', options);
  }
}

/** Bundles. @throws COMPILE_FAILED, COMPILE_IMPORT_REFUSED, COMPILE_OUTPUT_LIMIT, CompilerLost */
export async function compile(
  esbuild: typeof Esbuild,
  sdk: SdkFiles,
  request: Omit<CompileRequest, 'tenant'>,
): Promise<Compiled> {
  const refused: CodedError[] = [];
  const result = await esbuild
    .build({
      entryPoints: [request.entry],
      outfile: 'tool.js',
      bundle: true,
      write: false,
      metafile: true,
      format: 'iife',
      globalName: 'tool',
      platform: 'neutral',
      target: 'esnext',
      charset: 'utf8',
      legalComments: 'none',
      sourcemap: 'external',
      sourcesContent: false,
      logLevel: 'silent',
      tsconfigRaw: '{}',
      plugins: [ownFilesOnly(request, sdk, refused)],
    })
    .catch((error: unknown): never => {
      throw importFailure(refused, error) ?? buildFailure(error);
    });
  checkInputs(result.metafile);
  const [script, sourceMap] = [textOf(result, '.js'), textOf(result, '.map')];
  if (script.length > MAX_SCRIPT_BYTES) {
    const data = { bytes: script.length, limit: MAX_SCRIPT_BYTES };
    throw sandboxError(
      'COMPILE_OUTPUT_LIMIT',
      `the source compiles to ${script.length} bytes; the limit is ${MAX_SCRIPT_BYTES}`,
      data,
    );
  }
  const warnings = result.warnings.map((warning) => ({ text: warning.text, ...positionOf(warning.location) }));
  return { script, sourceMap, warnings };
}

function ownFilesOnly(request: Omit<CompileRequest, 'tenant'>, sdk: SdkFiles, refused: CodedError[]): Esbuild.Plugin {
  const find = (from: string, path: string): string | undefined => {
    const target = posix.normalize(posix.join(posix.dirname(from), path));
    // TypeScript's own convention: `./x.js` may mean the file `x.ts`.
    const stems = [target, target.replace(/\.(m?)js$/, '.$1ts')];
    return stems
      .flatMap((stem) => CANDIDATES.map((end) => stem + end))
      .find((name) => Object.hasOwn(request.files, name));
  };
  const refuse = (args: Esbuild.OnResolveArgs): Esbuild.OnResolveResult => {
    const error = importRefused(args);
    refused.push(error);
    return { errors: [{ text: error.message }] };
  };
  return {
    name: 'own-files-only',
    setup(build) {
      build.onResolve({ filter: /.*/ }, (args) => {
        if (args.kind === 'entry-point') return { path: request.entry, namespace: OWN };
        if (args.namespace === SDK) return { path: posix.parse(args.path).name, namespace: SDK, sideEffects: false };
        if (args.path === SDK) return { path: 'index', namespace: SDK, sideEffects: false };
        if (args.namespace !== OWN || !/^\.\.?\//.test(args.path)) return refuse(args);
        const path = find(args.importer, args.path);
        return path === undefined ? refuse(args) : { path, namespace: OWN };
      });
      build.onLoad({ filter: /.*/, namespace: OWN }, ({ path }) => {
        const loader = LOADERS[posix.extname(path)] ?? 'text';
        const text = request.files[path] ?? '';
        return { contents: loader === 'ts' || loader === 'js' ? withoutSourceMap(text) : text, loader };
      });
      build.onLoad({ filter: /.*/, namespace: SDK }, ({ path }) => ({ contents: sdk[path] ?? '', loader: 'js' }));
      // Whatever found a way around the resolver finds no loader.
      build.onLoad({ filter: /.*/ }, () => ({ errors: [{ text: 'only the own files can be imported' }] }));
    },
  };
}

/**
 * esbuild believes the source map that a comment holds, and would name whatever file it says as the one at fault. The last
 * such comment counts: one that leads nowhere stands in for all before it.
 *
 * SECURITY: sandbox/attacks/compile-source tries; test/escape/making.test.ts holds it.
 */
function withoutSourceMap(source: string): string {
  return source.includes('sourceMappingURL=') ? `${source}\n//# sourceMappingURL=none` : source;
}

function importRefused({ path, importer }: Esbuild.OnResolveArgs): CodedError {
  const shown = JSON.stringify(path.slice(0, 200));
  const message = `${shown} cannot be imported; a tool may import only its own files (by a relative path) and "glovebox"`;
  return sandboxError('COMPILE_IMPORT_REFUSED', message, { file: importer, import: path.slice(0, 200) });
}

/** The first refused import, with the position that only the build knows. */
function importFailure(refused: readonly CodedError[], error: unknown): CodedError | undefined {
  for (const { text, location } of (error as Partial<Esbuild.BuildFailure>).errors ?? []) {
    const cause = refused.find(({ message }) => message === text);
    const { at } = positionOf(location);
    if (cause === undefined || at === undefined) continue;
    return sandboxError('COMPILE_IMPORT_REFUSED', `${show(at)}: ${text}`, { ...cause.data, ...at });
  }
  return refused[0];
}

function buildFailure(error: unknown): unknown {
  const [first] = (error as Partial<Esbuild.BuildFailure>).errors ?? [];
  if (first === undefined) return new CompilerLost({ cause: error });
  const { at } = positionOf(first.location);
  const where = at === undefined ? '' : `${show(at)}: `;
  // What an import by pattern comes to where there is no disk: it reaches no resolver (evanw/esbuild#4193).
  if (/^(Cannot read directory|Could not resolve)/.test(first.text)) {
    const message = `${where}a tool may import only files it names; write out each path instead of a pattern`;
    return sandboxError('COMPILE_IMPORT_REFUSED', message, { ...at });
  }
  return sandboxError('COMPILE_FAILED', `${where}${first.text.slice(0, 500)}`, { ...at });
}

function positionOf(location: Esbuild.Location | null): { at?: SourcePosition } {
  if (location === null) return {};
  const { file, line, column, lineText } = location;
  // esbuild counts a column in bytes; everybody else in UTF-16 units.
  const before = Buffer.from(lineText).subarray(0, column).toString();
  return { at: { file: file.replace(`${OWN}:`, ''), line, column: before.length } };
}

/** As editors write it: columns from 1. */
function show({ file, line, column }: SourcePosition): string {
  return `${file}:${line}:${column + 1}`;
}

function checkInputs(metafile: Esbuild.Metafile): void {
  for (const input of Object.keys(metafile.inputs)) {
    if (input.startsWith(`${OWN}:`) || input.startsWith(`${SDK}:`)) continue;
    throw sandboxError('COMPILE_IMPORT_REFUSED', 'the source reached a file that is not its own');
  }
}

function textOf(result: Esbuild.BuildResult<{ write: false }>, end: string): string {
  return result.outputFiles.find((file) => file.path.endsWith(end))?.text ?? '';
}
