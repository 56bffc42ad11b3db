// Who asks. One tenant and one principal for now; rows, wire and pool carry both from the start.

declare const brand: unique symbol;

/** A tenant's id: tools, rows and cells of two tenants never mix. */
export type TenantId = string & { readonly [brand]: 'TenantId' };

/** Whoever makes a request. */
export interface Principal {
  readonly tenant: TenantId;
  /** Stable id within the tenant, as the ledger records it. */
  readonly id: string;
}

/** The only principal of a host without keys. */
export const LOCAL_PRINCIPAL: Principal = { tenant: 'local' as TenantId, id: 'local' };
