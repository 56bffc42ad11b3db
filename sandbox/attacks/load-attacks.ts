// Finds the attacks beside this file: a folder is a group, a file in it an attack.

import { readdirSync } from 'node:fs';
import { posix } from 'node:path';

import type { Attack } from './attack.ts';

/** An attack and where it stands. */
export type NamedAttack = Attack & {
  readonly group: string;
  /** The file's name without its ending. */
  readonly name: string;
};

/** All attacks, sorted by group and name. */
export async function loadAttacks(): Promise<readonly NamedAttack[]> {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const groups = await Promise.all(folders.map(({ name }) => loadGroup(name)));
  return groups.flat().toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
}

async function loadGroup(group: string): Promise<readonly NamedAttack[]> {
  const files = readdirSync(posix.join(import.meta.dirname, group));
  return Promise.all(
    files.map(async (file) => {
      const loaded = (await import(`./${group}/${file}`)) as { readonly default: Attack };
      return { ...loaded.default, group, name: posix.parse(file).name };
    }),
  );
}

function idOf({ group, name }: NamedAttack): string {
  return `${group}/${name}`;
}
