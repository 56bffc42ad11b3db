// The programs of the inner rings, and what this machine has to start them in.

import { bundlePrograms, findNativeParts, type Programs } from '../../programs.ts';
import { sandboxError } from '../../errors.ts';
import { openCgroup } from './cgroup.ts';
import { findBubblewrap } from './bubblewrap.ts';
import type { WallSettings } from './wall-settings.ts';

/**
 * Bundles the programs, and looks for bubblewrap meanwhile.
 *
 * @throws CELL_UNAVAILABLE when the control group of the settings is of no use: whoever names one counts on it
 */
export async function openPrograms({ bubblewrap: mode, cgroup }: WallSettings = {}): Promise<Programs> {
  const group = cgroup === undefined ? undefined : openCgroup(cgroup);
  if (group !== undefined && 'absent' in group)
    throw sandboxError('CELL_UNAVAILABLE', 'no process can be started in its control group; glovebox doctor tells why');
  const { readable } = findNativeParts();
  const [programs, found] = await Promise.all([bundlePrograms(), findBubblewrap({ mode, readable })]);
  return { ...programs, bubblewrap: 'command' in found ? found : undefined, cgroup: group };
}
