// The kinds of attacks, told by what they must reach and how they end.

import type { CallingAttack, DoorAttack, MakingAttack, NamedAttack, ReportedAttack } from '#sandbox';

type Named = Pick<NamedAttack, 'group' | 'name'>;

/** One that is refused while its tool is made. */
export type NamedMakingAttack = MakingAttack & Named;
/** One that is published and reported. */
export type NamedReportedAttack = ReportedAttack & Named;
/** One that is published and called. */
export type NamedCallingAttack = CallingAttack & Named;
/** One that is published and shown to a client. */
export type NamedDoorAttack = DoorAttack & Named;

/** Whether an attack's tool is published and called. */
export function isCall(attack: NamedAttack): attack is NamedCallingAttack {
  const { reaches } = attack;
  return reaches === 'input' || reaches === 'load' || reaches === 'run' || reaches === 'output';
}

/** Whether it acts through the MCP door. */
export function isExchange(attack: NamedAttack): attack is NamedDoorAttack {
  return attack.reaches === 'door';
}

/** Whether it is published and reported. */
export function isReported(attack: NamedAttack): attack is NamedReportedAttack {
  return 'ends' in attack && 'reported' in attack.ends;
}
