// Whose tools may be compiled to machine code: nobody's, unless the operator says so.

import type { Profile } from '#sandbox';
import type { TenantId } from '#host/base';

/** What the operator allows. */
export interface ProfilePolicy {
  /** Tenants whose tools run in the profile `fast`. */
  readonly fastTenants: readonly string[];
}

/**
 * The profile in which a tenant's tools run.
 *
 * @param recorded that of a run which is done again: `fast` only where it was and still may be
 */
export function chooseProfile({ fastTenants }: ProfilePolicy, tenant: TenantId, recorded: Profile = 'fast'): Profile {
  return recorded === 'fast' && fastTenants.includes(tenant) ? 'fast' : 'strict';
}
