// How a version follows the live one of its name: what its callers notice, whether it may, and its semantic version.

import type { Manifest } from '#sandbox';
import { hostError } from '#host/base';
import type { Change, ListedTool, Succession, VersionChange } from '#host/registry';
import { changeLine } from './change-text.ts';
import { compareManifests } from './compatibility/compare-manifests.ts';
import { nextSemver } from './compatibility/next-semver.ts';

/** The version to be. */
export interface Successor {
  readonly manifest: Manifest;
  readonly lineage: string;
  readonly allowBreaking: boolean;
}

// What a history shows of one version, and what a failure carries.
const MAX_CHANGES = 50;
const MAX_CHARACTERS = 200;
const MAX_NAMED = 3;

/**
 * Says how a version follows whichever is live, now and again when it is published: somebody else may publish meanwhile.
 *
 * A name taken over from another lineage is a new tool by its caller's consent: what it changes is shown, nothing is
 * refused, and its semantic version starts with its author's.
 *
 * @throws CHANGE_BREAKING when calls of the live version may fail and nobody allowed that; `data.changes` holds them, the gravest first
 */
export function createSuccession(next: Successor): (live: ListedTool) => Succession {
  const known = new Map<string, Succession>();
  return (live) => {
    const key = `${live.version} ${live.digest}`;
    const succession = known.get(key) ?? follow(live, next);
    known.set(key, succession);
    return succession;
  };
}

function follow(live: ListedTool, { manifest, lineage, allowBreaking }: Successor): Succession {
  const { kind, changes } = compareManifests(live.manifest, manifest);
  const change = {
    against: live.version,
    kind,
    changes: changes.slice(0, MAX_CHANGES).map(shorten),
    ...(changes.length > MAX_CHANGES ? { more: changes.length - MAX_CHANGES } : {}),
  };
  if (live.lineage !== lineage) return { semver: manifest.version, change };
  if (kind === 'breaking' && !allowBreaking) throw changeBreaking(live, change);
  return { semver: nextSemver(live.semver, manifest.version, kind), change };
}

function changeBreaking({ tool, version }: ListedTool, change: VersionChange): Error {
  const breaking = change.changes.filter(({ kind }) => kind === 'breaking');
  const named = breaking.slice(0, MAX_NAMED).map(changeLine).join('; ');
  const others = breaking.length - Math.min(breaking.length, MAX_NAMED) + (change.more ?? 0);
  const message =
    `calls of "${tool}" that work with version ${version} may fail: ${named}${others === 0 ? '' : ` and ${others} more`}; ` +
    'allow it (--allow-breaking, allow_breaking: true), or choose another name';
  return hostError('CHANGE_BREAKING', message, { tool, version, ...change });
}

function shorten(change: Change): Change {
  return { ...change, path: cut(change.path), what: cut(change.what) };
}

function cut(text: string): string {
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
}
