// Builds the host once, from the bottom up; disposes in reverse. The only place that knows every part.

import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

import { createSandbox, type Sandbox, type SandboxOptions, type WallLevel } from '#sandbox';
import { systemClock, type Clock, type Config } from '#host/base';
import { createCaller, createReplayer, type Caller, type Replayer } from '#host/calling';
import { createCapabilities } from '#host/capabilities';
import { createLedger, keepCheckpoints, type Ledger, type Policy } from '#host/ledger';
import { createMaker, type Maker } from '#host/making';
import { openRegistry, type Registry } from '#host/registry';
import { openStore, type Store, type StoreOptions } from '#host/store';
import { createQuarantine, type ProfilePolicy, type Quarantine } from '#host/traffic';

/** How to open the host. */
export interface AppOptions {
  /** The folder of the store, unless the settings name a database. */
  readonly home: string;
  readonly config: Config;
  readonly clock?: Clock;
  /** Whether to notice what other processes publish. A command that ends at once need not. @default false */
  readonly watch?: boolean;
  /** The walls without which whoever opens the host would not have, for the record. @default none */
  readonly requireWall?: WallLevel;
}

/** The host: what doors and commands are built on. */
export interface App extends AsyncDisposable {
  readonly registry: Registry;
  readonly maker: Maker;
  readonly caller: Caller;
  readonly replayer: Replayer;
  readonly ledger: Ledger;
  readonly quarantine: Quarantine;
  /** Facts about the store, and its keys, for operators. */
  readonly store: Pick<Store, 'examine' | 'keys'>;
  /** Starts its processes with the first request: a command that lists tools has none. */
  readonly sandbox: Sandbox;
}

const TEMPLATES = fileURLToPath(new URL('../templates', import.meta.url));

/** Opens the host over a home. @throws STORE_NEWER, STORE_OLDER, STORE_BUSY, STORE_FAILED */
export async function openApp(options: AppOptions): Promise<App> {
  const { home, config, clock = systemClock, watch = false } = options;
  await using stack = new AsyncDisposableStack();
  const store = stack.use(await openStore(storeOf(home, config, clock)));
  stack.use(keepCheckpoints({ store, clock }));
  const ledger = createLedger({ store, bytes: config.ledgerBytes, policy: policyOf(options), clock });
  const quarantine = stack.use(createQuarantine({ store, clock }));
  const registry = stack.use(await openRegistry({ store, clock, watch }));
  const sandbox = stack.use(
    createSandbox({
      maxQueued: config.queue,
      now: clock.now,
      walls: config,
      ...lanesOf(config),
    }),
  );
  const capabilities = createCapabilities({
    setShown: (tenant, topic, name, shown) => registry.setShown(tenant, topic, name, shown),
    announceUpdate: (tenant, uri) => registry.announceUpdate(tenant, uri),
  });
  const profiles: ProfilePolicy = config;
  const caller = stack.use(
    createCaller({ sandbox, registry, capabilities, profiles, ledger, quarantine, store, clock }),
  );
  const maker = createMaker({
    sandbox,
    profiles,
    registry,
    ledger,
    clock,
    templateRoots: [TEMPLATES],
    inspection: config.inspection,
  });
  const owned = stack.move();
  return {
    registry,
    maker,
    caller,
    replayer: createReplayer({ sandbox, registry, ledger, capabilities, profiles }),
    ledger,
    quarantine,
    store,
    sandbox,
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  };
}

function storeOf(home: string, { database, databasePool, migrate, durability }: Config, clock: Clock): StoreOptions {
  return { home, ...(database === undefined ? {} : { database }), databasePool, migrate, durability, clock };
}

/** Of the settings, those that say what holds of a run and of its record. */
function policyOf({ config, requireWall }: AppOptions): Policy {
  const { bubblewrap, cgroup, durability, fastTenants, inspection, ledgerBytes } = config;
  return {
    bubblewrap,
    cgroup: cgroup !== undefined,
    durability,
    fastTenants,
    inspection,
    ledgerBytes,
    requireWall: requireWall ?? 'none',
  };
}

/** The operator's ceiling holds for the lanes that are always there, too. */
function lanesOf({ maxLanes }: Config): Pick<SandboxOptions, 'lanes' | 'maxLanes'> {
  return maxLanes === undefined ? {} : { maxLanes, lanes: Math.min(maxLanes, availableParallelism()) };
}
