// Which way imports point: down the layers, through faces, inward through the rings, never in a ring of files.

import { posix } from 'node:path';
import { COMPUTED_IMPORTS, LAYERS, RINGS, type Ring } from './layers.ts';
import type { SourceFile, Violation } from './violation.ts';

/** Reports every import of one file that points the wrong way. */
export function checkDirection(file: SourceFile): Violation[] {
  return file.module.imports.flatMap((each) => {
    const fault = directionFault(file.path, each.specifier);
    return fault === undefined ? [] : [{ ...fault, file: file.path, line: each.line }];
  });
}

/** Reports files that import each other in a ring, each ring once. */
export function checkCycles(files: readonly SourceFile[]): Violation[] {
  const edges = new Map(
    files.map((file) => [file.path, file.module.imports.flatMap((each) => targetsOf(file.path, each.specifier))]),
  );
  const violations: Violation[] = [];
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): void => {
    const seenAt = trail.indexOf(path);
    if (seenAt !== -1) {
      violations.push({ rule: 'cycle', file: path, line: 1, detail: [...trail.slice(seenAt), path].join(' → ') });
      return;
    }
    if (done.has(path)) return;
    for (const next of edges.get(path) ?? []) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) walk(path, []);
  return violations;
}

/** The module a path belongs to, or undefined when the layers do not name it. */
export function moduleOf(path: string): { readonly name: string; readonly line: number } | undefined {
  for (const [line, names] of LAYERS.entries()) {
    const name = names.find((each) => path === each || path.startsWith(`${each}/`));
    if (name !== undefined) return { name, line };
  }
  return undefined;
}

function directionFault(from: string, specifier: string | undefined): Pick<Violation, 'rule' | 'detail'> | undefined {
  if (specifier === undefined) {
    if (COMPUTED_IMPORTS[from] !== undefined) return undefined;
    return { rule: 'computed', detail: 'imports a name computed at run time' };
  }
  if (specifier.startsWith('.')) return relativeFault(from, posix.join(posix.dirname(from), specifier));
  return specifier.startsWith('#') ? faceFault(from, specifier) : undefined;
}

function relativeFault(from: string, to: string): Pick<Violation, 'rule' | 'detail'> | undefined {
  const source = moduleOf(from);
  const target = moduleOf(to);
  if (/^(templates|plugins)\//.test(to)) return { rule: 'content', detail: `imports content: ${to}` };
  if (source === undefined || target === undefined) return { rule: 'unplaced', detail: `leaves the layers: ${to}` };
  if (target.name !== source.name) {
    return target.name.endsWith('.ts')
      ? orderFault(source, target)
      : { rule: 'past-face', detail: `reaches into ${target.name}: ${to}` };
  }
  return source.name === 'sandbox' ? ringFault(from, to) : undefined;
}

function faceFault(from: string, specifier: string): Pick<Violation, 'rule' | 'detail'> | undefined {
  const source = moduleOf(from);
  const target = moduleOf(specifier.slice(1));
  if (source === undefined || target === undefined) return { rule: 'unplaced', detail: `is in no layer: ${specifier}` };
  if (`#${target.name}` !== specifier)
    return { rule: 'past-face', detail: `reaches past #${target.name}: ${specifier}` };
  if (target.name === source.name) return { rule: 'own-face', detail: `goes through its own face: ${specifier}` };
  return orderFault(source, target);
}

function orderFault(
  source: { readonly name: string; readonly line: number },
  target: { readonly name: string; readonly line: number },
): Pick<Violation, 'rule' | 'detail'> | undefined {
  if (target.line > source.line)
    return { rule: 'upward', detail: `${source.name} imports ${target.name}, which is above it` };
  if (target.line === source.line)
    return { rule: 'sideways', detail: `${source.name} imports its peer ${target.name}` };
  return undefined;
}

function ringFault(from: string, to: string): Pick<Violation, 'rule' | 'detail'> | undefined {
  const source = ringOf(from);
  const target = ringOf(to);
  if (source.name === target.name || source.mayImport.includes(target.name)) return undefined;
  return { rule: 'ring', detail: `${source.name} imports ${to} of ${target.name}` };
}

function ringOf(path: string): Ring {
  const ring = RINGS.find((each) => each.files.test(path));
  if (ring === undefined) throw new Error(`${path} is in no ring`);
  return ring;
}

function targetsOf(from: string, specifier: string | undefined): string[] {
  return specifier?.startsWith('.') === true ? [posix.join(posix.dirname(from), specifier)] : [];
}
