// Which attacks are meant: all, or those of the groups that were named.

import { loadAttacks, type NamedAttack } from '#sandbox';
import { hostError } from '#host/base';

/** What was chosen, and of how many. */
export interface SelectedAttacks {
  readonly attacks: readonly NamedAttack[];
  /** How many there are. */
  readonly known: number;
}

/** The attacks of some groups; of none, all. @throws REQUEST_INVALID for a group there is not */
export async function selectAttacks(groups: readonly string[]): Promise<SelectedAttacks> {
  const suite = await loadAttacks();
  const names = new Set(suite.map(({ group }) => group));
  const unknown = groups.find((group) => !names.has(group));
  if (unknown !== undefined) {
    const message = `there is no group "${unknown}" of attacks; there are ${[...names].join(', ')}`;
    throw hostError('REQUEST_INVALID', message, { group: unknown, groups: [...names] });
  }
  const attacks = groups.length === 0 ? suite : suite.filter(({ group }) => groups.includes(group));
  return { attacks, known: suite.length };
}
