// Who may import which library, which part of Node, and who may touch ambient authority.

import { isBuiltin } from 'node:module';
import { AMBIENT_OWNERS, BUILTIN_OWNERS, HARMLESS_BUILTINS, LIBRARY_OWNERS } from './layers.ts';
import type { SourceFile, Violation } from './violation.ts';

/** Reports every library, builtin and ambient name a file may not use. */
export function checkAuthority(file: SourceFile): Violation[] {
  const imported = file.module.imports.flatMap(({ specifier, line }) => {
    if (specifier === undefined || specifier.startsWith('.') || specifier.startsWith('#')) return [];
    const fault = isBuiltin(specifier) ? builtinFault(file.path, specifier) : libraryFault(file.path, specifier);
    return fault === undefined ? [] : [{ ...fault, file: file.path, line }];
  });
  const ambient = file.module.ambient.flatMap(({ name, line }) => {
    const owners = AMBIENT_OWNERS[name];
    if (owners === undefined || isOwned(file.path, owners)) return [];
    return [{ rule: 'ambient' as const, file: file.path, line, detail: `uses ${name}; take it as an argument` }];
  });
  return [...imported, ...ambient];
}

function builtinFault(path: string, specifier: string): Pick<Violation, 'rule' | 'detail'> | undefined {
  if (!specifier.startsWith('node:')) return { rule: 'builtin', detail: `imports ${specifier} without node:` };
  if (HARMLESS_BUILTINS.has(specifier)) return undefined;
  if (isOwned(path, BUILTIN_OWNERS[specifier] ?? [])) return undefined;
  return { rule: 'builtin', detail: `imports ${specifier}, which is authority it was not given` };
}

function libraryFault(path: string, specifier: string): Pick<Violation, 'rule' | 'detail'> | undefined {
  const depth = specifier.startsWith('@') ? 2 : 1;
  const library = specifier.split('/').slice(0, depth).join('/');
  // The module tools import: made of sandbox/guest, resolved by the workshop.
  if (library === 'glovebox' && path.startsWith('sandbox/attacks/')) return undefined;
  const owners = LIBRARY_OWNERS[library];
  if (owners === undefined) return { rule: 'library', detail: `imports ${library}, which no folder owns` };
  if (isOwned(path, owners)) return undefined;
  return { rule: 'library', detail: `imports ${library}, which is owned by ${owners.join(', ')}` };
}

function isOwned(path: string, owners: readonly string[]): boolean {
  return owners.some((owner) => path === owner || path.startsWith(`${owner}/`));
}
