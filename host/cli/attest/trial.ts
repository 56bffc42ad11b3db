// What came of one attack, as plain data.

import type { NamedAttack } from '#sandbox';

/** What must hold of every attack. */
export const CHECKS = ['reached', 'contained', 'neighbour', 'host', 'disposed'] as const;

/**
 * `reached`: it got as far as it must, and its control further, or it tested nothing · `contained`: it ended there, as it
 * must · `neighbour`: a benign call beside it and one after it had their answers · `host`: the host's process is what it
 * was, and never stood still · `disposed`: every process that was started is gone, or the jail answers for it; what
 * it took was given back.
 */
export type Check = (typeof CHECKS)[number];

/** One check that failed. */
export interface Problem {
  readonly check: Check;
  readonly detail: string;
}

/** What ended an attack. */
export const WALLS = [
  'checks',
  'schemas',
  'template engine',
  'compiler',
  'isolate',
  'limits',
  'lane',
  'process',
  'inspection',
  'door',
] as const;

/**
 * `checks`: the maker, of names, manifests, grants, examples · `schemas`: bounds on schemas, and their validators ·
 * `template engine`, `compiler`: in the workshop · `isolate`: there was nothing to take, or its own error ended it ·
 * `limits`: what a run may use, its isolate disposed · `lane`: an answer that was refused · `process`: the death of the
 * cell or workshop · `inspection`: nothing ended it, and it was shown for what it is · `door`: what MCP clients are shown.
 */
export type Wall = (typeof WALLS)[number];

/** One attack and what came of it. */
export interface Trial extends Pick<NamedAttack, 'group' | 'name' | 'aim' | 'reaches'> {
  /** The code it ended with; absent where it ended in an answer. */
  readonly code?: string;
  /** Absent where nothing contained it. */
  readonly wall?: Wall;
  readonly checks: Readonly<Record<Check, boolean>>;
  /** Empty where all checks hold. */
  readonly problems: readonly Problem[];
  /** From the first request to the last check, in milliseconds. */
  readonly ms: number;
}

/** `bridge/asks-without-grant`. */
export function idOf({ group, name }: Pick<NamedAttack, 'group' | 'name'>): string {
  return `${group}/${name}`;
}
