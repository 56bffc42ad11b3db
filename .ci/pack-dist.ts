// Builds the publishable package into dist/: types stripped, because Node refuses TypeScript under node_modules; every
// file that is not listed here stays out.

import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { parseSync, Visitor, type StringLiteral } from 'oxc-parser';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');
const PACKAGE = join(DIST, 'package');

/** Programs: TypeScript becomes JavaScript beside which nothing else changes, so that line numbers stay. */
const PROGRAMS = ['host/**/*.{ts,mjs}', 'sandbox/**/*.ts'];

/** Shipped as they are. Templates hold TypeScript that the workshop compiles from its text. */
const CONTENT = ['templates/**/*.{json,hbs,ts,md}', 'plugins/**/*.{json,ts,md}', 'docs/**/*.md', '*.md', 'LICENSE'];

/** Of use in the repository alone. */
const LEFT_OUT = /(^|\/)tsconfig\.json$/;

rmSync(DIST, { recursive: true, force: true });
for (const path of list(PROGRAMS)) writeProgram(path);
for (const path of list(CONTENT)) copyContent(path);
writeManifest();
const tarball = execFileSync('npm', ['pack', PACKAGE, '--pack-destination', DIST, '--silent'], { encoding: 'utf8' });
rmSync(PACKAGE, { recursive: true });
process.stdout.write(`${join('dist', tarball.trim())}\n`);

function list(patterns: readonly string[]): readonly string[] {
  return globSync(patterns, { cwd: ROOT })
    .filter((path) => !LEFT_OUT.test(path))
    .sort();
}

function writeProgram(path: string): void {
  const source = readFileSync(join(ROOT, path), 'utf8');
  const plain = path.endsWith('.ts') ? stripTypeScriptTypes(source) : source;
  const target = targetOf(path.replace(/\.ts$/, '.js'));
  writeFileSync(target, renameImports(path, plain));
  if (path.endsWith('.mjs')) chmodSync(target, 0o755);
}

/** `./x.ts` → `./x.js`, in imports and in URLs of files beside this one. */
function renameImports(path: string, source: string): string {
  const literals: StringLiteral[] = [];
  const keep = (node: { readonly type: string } | null | undefined): void => {
    if (node?.type === 'Literal') literals.push(node as StringLiteral);
  };
  const { program, errors } = parseSync(`${path}.js`, source);
  if (errors[0] !== undefined) throw new SyntaxError(`${path}: ${errors[0].message}`);
  new Visitor({
    ImportDeclaration: ({ source: from }) => keep(from),
    ExportAllDeclaration: ({ source: from }) => keep(from),
    ExportNamedDeclaration: ({ source: from }) => keep(from),
    ImportExpression: ({ source: from }) => keep(from),
    NewExpression: ({ callee, arguments: args }) => {
      if (callee.type === 'Identifier' && callee.name === 'URL') keep(args[0]);
    },
  }).visit(program);

  let text = source;
  for (const { value, start, end } of literals.sort((a, b) => b.start - a.start)) {
    if (!/^\.{1,2}\/.*\.ts$/.test(value)) continue;
    text = `${text.slice(0, start)}'${value.replace(/\.ts$/, '.js')}'${text.slice(end)}`;
  }
  return text;
}

function copyContent(path: string): void {
  cpSync(join(ROOT, path), targetOf(path));
}

function writeManifest(): void {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, unknown>;
  const imports = manifest['imports'] as Readonly<Record<string, string>>;
  // What only the repository needs would be installed, or run, elsewhere.
  const { devDependencies: _devDependencies, scripts: _scripts, ...published } = manifest;
  published['imports'] = Object.fromEntries(
    Object.entries(imports).map(([name, path]) => [name, path.replace(/\.ts$/, '.js')]),
  );
  writeFileSync(targetOf('package.json'), `${JSON.stringify(published, undefined, 2)}\n`);
}

function targetOf(path: string): string {
  const target = join(PACKAGE, path);
  mkdirSync(dirname(target), { recursive: true });
  return target;
}
