// Which authority a manifest may ask for here, and in which form.

import { hostError } from '#host/base';
import type { Grants } from '#sandbox';

const MAX_LISTED = 100;
const NAME = /^[a-z][a-z0-9_]{0,63}$/;
const MAX_URI_LENGTH = 2048;

type Check = (value: unknown) => string | undefined;

/** Grant → what is wrong with its value; or why it is not to be had. */
const GRANTS: Readonly<Record<keyof Grants, { readonly check: Check; readonly onlyMounted?: true } | undefined>> = {
  'client.ask': { check: mustBeTrue },
  'client.sample': { check: mustBeTrue },
  'client.roots': { check: mustBeTrue },
  'listing.change': { check: mustBeNames, onlyMounted: true },
  'resource.notify': { check: mustBeUris, onlyMounted: true },
  'net.fetch': undefined,
  'kv.read': undefined,
  'kv.write': undefined,
  secret: undefined,
  'tool.call': undefined,
  'media.image': undefined,
};

/**
 * Grants as their author wrote them.
 *
 * @param isMounted whether they are those of a mounted folder's item: only such items have siblings
 * @throws MANIFEST_INVALID when there is no such grant, or its value has another form
 * @throws GRANT_UNSUPPORTED
 */
export function checkGrants(written: unknown, isMounted: boolean): Grants {
  const entries = Object.entries(written as object);
  for (const [grant, value] of entries) {
    if (!isGrant(grant)) throw unknownGrant(grant);
    const offered = GRANTS[grant];
    if (offered === undefined) {
      throw unsupported(grant, `this host does not offer ${grant} yet; a tool that needs it cannot be published here`);
    }
    if (offered.onlyMounted === true && !isMounted) {
      const message = `${grant} names other items of a mounted folder; only what is served with --mount can have it`;
      throw unsupported(grant, message);
    }
    const problem = offered.check(value);
    if (problem !== undefined) throw malformed(grant, problem);
  }
  return Object.fromEntries(entries);
}

function isGrant(name: string): name is keyof Grants {
  return Object.hasOwn(GRANTS, name);
}

function mustBeTrue(value: unknown): string | undefined {
  return value === true ? undefined : 'must be true; leave it out where it is not needed';
}

function mustBeNames(value: unknown): string | undefined {
  return listOf(value, (name) => NAME.test(name)) ? undefined : `must list up to ${MAX_LISTED} names`;
}

function mustBeUris(value: unknown): string | undefined {
  const isUri = (uri: string): boolean => uri.length <= MAX_URI_LENGTH && URL.canParse(uri);
  return listOf(value, isUri) ? undefined : `must list up to ${MAX_LISTED} absolute URIs`;
}

function listOf(value: unknown, isFine: (entry: string) => boolean): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_LISTED) return false;
  return value.every((entry: unknown) => typeof entry === 'string' && isFine(entry));
}

function unknownGrant(grant: string): Error {
  const known = Object.keys(GRANTS).join(', ');
  const shown = JSON.stringify(grant.slice(0, 100));
  return hostError('MANIFEST_INVALID', `there is no grant ${shown}; there are: ${known}`, { path: '/grants' });
}

function malformed(grant: string, problem: string): Error {
  return hostError('MANIFEST_INVALID', `the grant ${grant} ${problem}`, { path: `/grants/${grant}` });
}

function unsupported(grant: string, message: string): Error {
  return hostError('GRANT_UNSUPPORTED', message, { grant });
}
