// Keeps web pages out. A page of any site can make its visitor's browser talk to this port, directly or by pointing its
// own name at it (DNS rebinding); the Host and Origin headers give it away.

import { isIP } from 'node:net';
import { hostFailure } from '#host/base';
import type { Failure } from '#sandbox';
import { isLoopback } from './address.ts';

/** The headers that tell where a request was meant to go, and which page made it. */
export interface RequestOrigin {
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

/** Why a request is refused; undefined when it is welcome. */
export type OriginGuard = (request: RequestOrigin) => Failure | undefined;

/**
 * The guard for a door bound to `boundHost`.
 *
 * On a loopback address only loopback names pass. Elsewhere `Host` may also be a literal IP address, which no rebinding
 * can produce, or one of `allowedHosts`; a page's origin must be a loopback name, one of `allowedHosts`, or the very host
 * the request went to.
 *
 * SECURITY: test/unit/host/doors/http/origin-guard.test.ts holds the table.
 */
export function createOriginGuard(boundHost: string, allowedHosts: readonly string[] = []): OriginGuard {
  const allowed = new Set(allowedHosts.map((host) => host.toLowerCase()));
  const isLocal = isLoopback(boundHost);
  const isWelcomeHost = (name: string): boolean =>
    isLoopback(name) || allowed.has(name) || (!isLocal && isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0);

  return ({ host = '', origin }) => {
    const hostName = AUTHORITY.test(host) ? hostNameOf(`http://${host}`) : undefined;
    if (hostName === undefined || !isWelcomeHost(hostName)) return refused('Host', host);
    if (origin === undefined) return undefined;
    const originName = hostNameOf(origin);
    const isWelcomeOrigin =
      originName !== undefined &&
      (isLoopback(originName) || allowed.has(originName) || (!isLocal && originName === hostName));
    return isWelcomeOrigin ? undefined : refused('Origin', origin);
  };
}

/** A host and perhaps a port; what else a URL could hold would make `evil.example@localhost` a loopback name. */
const AUTHORITY = /^[^\s/\\?#@]+$/;

/** The host of a URL of the web, lower case, IPv6 in brackets; undefined when there is none (an origin of "null" too). */
function hostNameOf(url: string): string | undefined {
  const { protocol, hostname } = URL.parse(url) ?? {};
  return protocol === 'http:' || protocol === 'https:' ? hostname : undefined;
}

function refused(header: string, value: string): Failure {
  const given = value === '' ? 'no value' : JSON.stringify(value.slice(0, 200));
  return hostFailure('ORIGIN_REFUSED', `${header} has ${given}, which this server does not answer to`, { header });
}
