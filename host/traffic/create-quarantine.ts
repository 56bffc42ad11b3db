// Counts convictions in the store, and knows from memory who is out of service.

import { hostError, type Clock, type Principal, type TenantId } from '#host/base';
import { createEventRow, type Store } from '#host/store';
import type { Quarantine } from './types.ts';

const CONVICTIONS_TO_QUARANTINE = 3;
const WINDOW_MS = 10 * 60 * 1000;

/** What the quarantine needs. */
export interface QuarantineOptions {
  readonly store: Store;
  readonly clock: Clock;
}

/** The quarantine of a store. Watches the store from the first {@link Quarantine.assertFree} on. */
export function createQuarantine(options: QuarantineOptions): Quarantine {
  return new StoredQuarantine(options);
}

class StoredQuarantine implements Quarantine {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #digests = new Map<string, ReadonlySet<string>>();
  #watching: Disposable | undefined;

  constructor({ store, clock }: QuarantineOptions) {
    this.#store = store;
    this.#clock = clock;
  }

  async convict(
    tenant: TenantId,
    digest: string,
    { runId, code }: { readonly runId: string; readonly code: string },
  ): Promise<boolean> {
    const now = this.#clock.now();
    const quarantined = await this.#store.transaction(async ({ convictions, revisions, events }) => {
      // First, because it makes convictions of a tenant wait for each other: of two at once, one must count both.
      await revisions.bump(tenant, 'quarantines');
      await convictions.forget(tenant, digest, now - WINDOW_MS);
      await convictions.add({ tenant, digest, run_id: runId, code, convicted_at: now });
      if ((await convictions.count(tenant, digest, now - WINDOW_MS)) >= CONVICTIONS_TO_QUARANTINE) {
        const isNew = await convictions.quarantine({ tenant, digest, quarantined_at: now });
        const data = { digest, runId, code };
        if (isNew) await events.insert(createEventRow({ tenant, kind: 'version.quarantined', at: now, data }));
      }
      return (await convictions.quarantined(tenant)).includes(digest);
    });
    await this.#load(tenant);
    return quarantined;
  }

  async assertFree(tenant: TenantId, tool: string, digest: string): Promise<void> {
    const digests = this.#digests.get(tenant) ?? (await this.#load(tenant));
    if (!digests.has(digest)) return;
    throw hostError(
      'TOOL_QUARANTINED',
      `tool "${tool}" is out of service: ${CONVICTIONS_TO_QUARANTINE} of its runs within ten minutes had to be killed; ` +
        `publish a better version, or lift it with glovebox unquarantine ${tool}`,
      { tool, digest },
    );
  }

  async lift({ tenant, id }: Principal, digest: string): Promise<boolean> {
    const at = this.#clock.now();
    const lifted = await this.#store.transaction(async ({ convictions, revisions, events }) => {
      await revisions.bump(tenant, 'quarantines');
      await convictions.forget(tenant, digest);
      if (!(await convictions.lift(tenant, digest))) return false;
      const data = { principal: id, digest };
      await events.insert(createEventRow({ tenant, kind: 'version.released', at, data }));
      return true;
    });
    await this.#load(tenant);
    return lifted;
  }

  [Symbol.dispose](): void {
    this.#watching?.[Symbol.dispose]();
  }

  async #load(tenant: string): Promise<ReadonlySet<string>> {
    // Before reading, so that no change falls between the two.
    this.#watching ??= this.#store.watch(async (change) => {
      if (change.topic === 'quarantines') await this.#load(change.tenant);
    });
    const digests = new Set(await this.#store.convictions.quarantined(tenant));
    this.#digests.set(tenant, digests);
    return digests;
  }
}
