// Writes attacks as files, so that anybody can have one made and call it with the commands for any tool.

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import type { NamedAttack } from '#sandbox';
import { hostError } from '#host/base';
import type { CommandContext } from '../command.ts';
import { formatTable } from '../output/table.ts';
import { isCall } from './attack-kinds.ts';
import { filesOf, jsonFile, nameOf } from './attack-texts.ts';
import { selectAttacks } from './select-attacks.ts';
import { idOf } from './trial.ts';

/** One attack that was written. */
interface Exported extends Pick<NamedAttack, 'group' | 'name' | 'aim' | 'reaches'> {
  /** Where, below the folder. */
  readonly path: string;
  /** What it must end with; empty of one that ends in an answer. */
  readonly codes: readonly string[];
}

/** Folders and a file below, none of which is `..`; whatever is called otherwise is left out. */
const PLAIN_PATH = /^(?:[\w-]+\/)*[\w-]+(?:\.[\w-]+)*$/;

/**
 * Writes each attack to a folder `<group>/<name>`: `tool.ts` and `tool.json` for `create`, `template/` and `context.json`
 * for `generate`, and `input.json` where it is called. Prints what was written; returns the exit code.
 *
 * @throws REQUEST_INVALID for a group there is not
 * @throws FILE_UNREADABLE when the folder is there already, or cannot be written
 */
export async function exportAttacks(
  { output, surroundings }: CommandContext,
  groups: readonly string[],
  folder: string,
): Promise<number> {
  const { attacks } = await selectAttacks(groups);
  const root = isAbsolute(folder) ? folder : join(surroundings.cwd(), folder);
  await writeAll(root, attacks).catch((cause: unknown) => {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    const message = `--export: ${folder} cannot be written (${reason}); give a folder that is not there yet`;
    throw hostError('FILE_UNREADABLE', message, { path: folder, reason }, { cause });
  });
  const exported = attacks.map(describe);
  output.result({ attacks: exported }, () => {
    const rows = exported.map(({ path, reaches, codes, aim }) => [path, reaches, codes.join(', '), aim]);
    return formatTable(['attack', 'reaches', 'ends with', 'a stranger who'], rows, output.table);
  });
  return 0;
}

async function writeAll(root: string, attacks: readonly NamedAttack[]): Promise<void> {
  await mkdir(root);
  for (const attack of attacks) {
    for (const [file, text] of Object.entries(allFilesOf(attack))) {
      const path = join(root, idOf(attack), file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
  }
}

/** SECURITY: an attack's own files may be named to lead anywhere; test/unit/host/cli/attest/export-attacks.test.ts holds it. */
function allFilesOf(attack: NamedAttack): Readonly<Record<string, string>> {
  const files = Object.entries(filesOf({ ...attack, name: nameOf(attack) }));
  const input = isCall(attack) ? jsonFile('input.json', attack.input ?? {}) : {};
  return { ...Object.fromEntries(files.filter(([path]) => PLAIN_PATH.test(path))), ...input };
}

function describe(attack: NamedAttack): Exported {
  const { group, name, aim, reaches } = attack;
  const codes = 'ends' in attack && 'codes' in attack.ends ? attack.ends.codes : [];
  return { group, name, aim, reaches, path: idOf(attack), codes };
}
