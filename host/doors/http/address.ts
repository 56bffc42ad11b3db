// Where the door may stand. Without keys, anyone who reaches the port may run tools, so it stays on this machine.

import { BlockList, isIP } from 'node:net';
import { hostError } from '#host/base';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

/** Whether a host name or address can only be reached from this machine. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(bare);
  if (family === 0) return bare.toLowerCase() === 'localhost';
  return LOOPBACK.check(bare, family === 6 ? 'ipv6' : 'ipv4');
}

/** @throws ADDRESS_REFUSED when `host` can be reached from elsewhere and the operator did not allow that */
export function assertAddressAllowed(host: string, allowUnauthenticated: boolean): void {
  if (allowUnauthenticated || isLoopback(host)) return;
  throw hostError(
    'ADDRESS_REFUSED',
    `${JSON.stringify(host)} can be reached from other machines, and there are no keys yet: anyone could run tools; ` +
      'use 127.0.0.1, or --allow-unauthenticated behind a proxy that checks who asks',
    { host },
  );
}
