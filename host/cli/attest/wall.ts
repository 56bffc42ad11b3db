// Which wall ended an attack: told by the code it ended with, and where there is none of its own, by the stage.

import type { NamedAttack, SandboxErrorCode } from '#sandbox';
import type { Wall } from './trial.ts';

/** How an attack that was contained ended. */
export interface Contained {
  readonly code?: string;
  /** Whether a cell or a workshop was killed meanwhile. */
  readonly killed: boolean;
}

/** The wall that ended an attack. */
export function wallOf(attack: Pick<NamedAttack, 'reaches' | 'make'>, { code, killed }: Contained): Wall {
  if (code === undefined) return wallWithoutCode(attack);
  const wall = BY_CODE[code as SandboxErrorCode];
  if (wall === 'limits' && killed) return 'process';
  if (wall !== undefined) return wall;
  return code.startsWith('SCHEMA_') ? 'schemas' : BY_STAGE[attack.reaches];
}

function wallWithoutCode({ reaches, make }: Pick<NamedAttack, 'reaches' | 'make'>): Wall {
  if (reaches === 'inspect') return 'inspection';
  if (reaches === 'door') return 'door';
  return 'template' in make ? 'template engine' : 'isolate';
}

const BY_CODE: Readonly<Partial<Record<SandboxErrorCode, Wall>>> = {
  MAKING_TIMEOUT: 'process',
  MAKING_CRASHED: 'process',
  RUN_CRASHED: 'process',
  LIMIT_RSS: 'process',
  LIMIT_CPU: 'limits',
  LIMIT_WALL: 'limits',
  LIMIT_HEAP: 'limits',
  LIMIT_OUTPUT: 'limits',
  LIMIT_HOST_CALLS: 'limits',
  CONTENT_INVALID: 'lane',
  TOOL_INVALID: 'isolate',
  TOOL_THREW: 'isolate',
};

const BY_STAGE: Readonly<Record<NamedAttack['reaches'], Wall>> = {
  find: 'checks',
  check: 'schemas',
  render: 'template engine',
  compile: 'compiler',
  inspect: 'checks',
  probe: 'checks',
  publish: 'checks',
  input: 'schemas',
  load: 'isolate',
  run: 'isolate',
  output: 'schemas',
  door: 'door',
};
