// Reads a source tree and reports every breach of the architecture. The same function judges the repository and the
// fixture trees that prove it can see.

import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { checkAuthority } from './check-authority.ts';
import { checkCycles, checkDirection, moduleOf } from './check-direction.ts';
import { checkContent, checkExaminers, checkExports, checkLength } from './check-shape.ts';
import { parseModule } from './parse-module.ts';
import type { SourceFile, Violation } from './violation.ts';

/** Every breach in the tree under `root`: product code in `host/` and `sandbox/`, content in `templates/` and `plugins/`. */
export function checkTree(root: string): Violation[] {
  const files = listFiles(root, '{host,sandbox}/**/*.{ts,mts,mjs,js}').map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return { path, text, module: parseModule(path, text) };
  });
  const content = listFiles(root, '{templates,plugins}/**/*.{ts,hbs,js,mjs}').flatMap((path) =>
    checkContent(path, readFileSync(join(root, path), 'utf8')),
  );
  const perFile = files.flatMap((file) => [
    ...checkPlace(file),
    ...checkDirection(file),
    ...checkAuthority(file),
    ...checkExports(file),
    ...checkExaminers(file),
  ]);
  return [...perFile, ...checkCycles(files), ...checkLength(files), ...content];
}

function checkPlace(file: SourceFile): Violation[] {
  if (moduleOf(file.path) !== undefined) return [];
  return [{ rule: 'unplaced', file: file.path, line: 1, detail: 'is in no layer; name its folder in layers.ts' }];
}

function listFiles(root: string, pattern: string): string[] {
  return globSync(pattern, { cwd: root })
    .map((path) => path.split(sep).join('/'))
    .sort();
}
