// What became of a surface: which names are new, gone, or stand for something else.

import type { NameKind, Surface } from '#sandbox';

/** A name and what it stands for. */
export interface Name {
  readonly path: string;
  readonly kind: NameKind;
}

/** Each list in the order of the paths. */
export interface SurfaceChange {
  readonly added: readonly Name[];
  readonly removed: readonly Name[];
  readonly changed: readonly (Name & { readonly was: NameKind })[];
}

/** Compares two surfaces. */
export function compareSurfaces(old: Surface, current: Surface): SurfaceChange {
  return {
    added: namesOf(current).filter(({ path }) => !old.has(path)),
    removed: namesOf(old).filter(({ path }) => !current.has(path)),
    changed: namesOf(current).flatMap(({ path, kind }) => {
      const was = old.get(path);
      return was === undefined || was === kind ? [] : [{ path, kind, was }];
    }),
  };
}

/** How many names differ. */
export function countChanges({ added, removed, changed }: SurfaceChange): number {
  return added.length + removed.length + changed.length;
}

function namesOf(surface: Surface): readonly Name[] {
  return [...surface].map(([path, kind]) => ({ path, kind })).sort((a, b) => (a.path < b.path ? -1 : 1));
}
