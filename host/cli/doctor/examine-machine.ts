// The machine and the Node that runs this.

import { availableParallelism, totalmem } from 'node:os';
import { formatBytes } from '../output/format.ts';
import { readPackageFacts } from '../package-facts.ts';
import type { Finding } from './finding.ts';

/** Below it cells and their spares push each other into swap. */
const LITTLE_MEMORY = 1024 ** 3;

/** Looks at Node, the platform, cores and memory. */
export function examineMachine(): readonly Finding[] {
  const { pinnedNode } = readPackageFacts();
  const running = process.versions.node;
  const isPinned = running === pinnedNode;
  const memory = totalmem();
  return [
    {
      what: 'node',
      verdict: isPinned ? 'ok' : 'warning',
      detail: isPinned
        ? `${running} (V8 ${process.versions.v8}), the one it is tested with`
        : `${running}; it is tested with ${pinnedNode}: start it through its own bin`,
    },
    {
      what: 'platform',
      verdict: process.platform === 'linux' ? 'ok' : 'warning',
      detail:
        process.platform === 'linux'
          ? `linux ${process.arch}`
          : `${process.platform} ${process.arch}: only Linux has kernel limits on each jailed process`,
    },
    { what: 'cores', verdict: 'ok', detail: `${availableParallelism()} to run lanes on` },
    { what: 'memory', verdict: memory < LITTLE_MEMORY ? 'warning' : 'ok', detail: `${formatBytes(memory)} in all` },
  ];
}
