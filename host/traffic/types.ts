// How much: convictions and quarantine. (The queue of runs is the jail's own: it knows its lanes.)

import type { Principal, TenantId } from '#host/base';

/** Three convictions in ten minutes take a version out of service, across processes and restarts. */
export interface Quarantine extends Disposable {
  /** Writes a conviction; returns whether the version is now quarantined. */
  convict(
    tenant: TenantId,
    digest: string,
    conviction: { readonly runId: string; readonly code: string },
  ): Promise<boolean>;
  /** @throws TOOL_QUARANTINED */
  assertFree(tenant: TenantId, tool: string, digest: string): Promise<void>;
  /** Lifts the quarantine of the tool's live version and forgets its convictions; returns whether there was one. */
  lift(principal: Principal, digest: string): Promise<boolean>;
}
