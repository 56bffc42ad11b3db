// Whose tools may be compiled to machine code here.

import type { ProfilePolicy } from '#host/traffic';
import type { Finding } from './finding.ts';

/** Tells what the operator allows. */
export function examineProfiles({ fastTenants }: ProfilePolicy): Finding {
  const isStrict = fastTenants.length === 0;
  const detail = isStrict ? 'strict for all tenants' : `fast for ${fastTenants.join(', ')}; strict for all others`;
  return { what: 'profiles', verdict: 'ok', detail };
}
