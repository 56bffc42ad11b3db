// Folders that are served as they lie there, beside what the store holds: `--mount`.

import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { Log } from '#host/base';
import type { SuspiciousItem } from '#host/registry';
import type { CommandApp, CommandContext } from './command.ts';

/** What was mounted from one folder. */
export interface Mounted {
  /** As it was given. */
  readonly folder: string;
  readonly tools: number;
  readonly prompts: number;
  readonly resources: number;
  /** What looks suspicious in it. */
  readonly suspicious: readonly SuspiciousItem[];
}

/** How `--mount` is told, once for all commands that take it. */
export const MOUNT_OPTION = {
  flags: '--mount <dir>',
  description: 'serve a folder of tools, prompts and resources as it is; may be given more than once',
} as const;

/** Commander's way to collect an option that may be given more than once. */
export function collectFolder(folder: string, before: readonly string[] = []): readonly string[] {
  if (folder === '') throw new InvalidArgumentError('A folder has a name.');
  return [...before, folder];
}

/**
 * Mounts folders, one after the other, until the host ends.
 *
 * @throws MOUNT_INVALID, TOOL_NAME_TAKEN when two folders, or a folder and the store, have one name
 */
export async function mountFolders(
  app: CommandApp,
  folders: readonly string[],
  { log, output, principal, stopping, surroundings }: CommandContext,
): Promise<readonly Mounted[]> {
  const mounted: Mounted[] = [];
  for (const folder of folders) {
    const mount = await app.maker.mount({
      principal,
      folder: resolve(surroundings.cwd(), folder),
      signal: stopping,
      onItem: output.mountedItem,
    });
    app.registry.mount(principal, mount);
    const { tools, prompts, resources, suspicious = [] } = mount;
    warn(log, folder, suspicious);
    mounted.push({ folder, tools: tools.length, prompts: prompts.length, resources: resources.length, suspicious });
  }
  return mounted;
}

/** Every warning, where somebody reads the log; notes are in the answer. */
function warn(log: Log, folder: string, suspicious: readonly SuspiciousItem[]): void {
  for (const { path, findings } of suspicious) {
    for (const { kind, severity, where, excerpt } of findings) {
      if (severity === 'warning')
        log.warn({ folder, item: path, kind, where, excerpt }, 'something mounted looks suspicious');
    }
  }
}

/** `36 tools, 6 prompts and 5 resources from ./things`. */
export function describeMounted({ folder, tools, prompts, resources }: Omit<Mounted, 'suspicious'>): string {
  return `${count(tools, 'tool')}, ${count(prompts, 'prompt')} and ${count(resources, 'resource')} from ${folder}`;
}

/** `1 tool`, `2 tools`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
