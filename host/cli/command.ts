// What every command is built from: where it answers, what it may reach, how it ends.

import type { Command } from 'commander';
import {
  createLog,
  LOCAL_PRINCIPAL,
  parseConfig,
  systemClock,
  type Clock,
  type Config,
  type Log,
  type Principal,
} from '#host/base';
import type { Caller, Replayer } from '#host/calling';
import type { Ledger } from '#host/ledger';
import type { Maker } from '#host/making';
import type { Registry } from '#host/registry';
import type { Store } from '#host/store';
import type { Quarantine } from '#host/traffic';
import { isCodedError, sandboxError, type Sandbox, type WallLevel } from '#sandbox';
import { createOutput, type Output } from './output/output.ts';
import { hasColours } from './output/style.ts';
import { listenForStop } from './stop.ts';
import type { Surroundings } from './surroundings.ts';

/** The assembled host, as far as commands use it. */
export interface CommandApp extends AsyncDisposable {
  readonly registry: Registry;
  readonly maker: Maker;
  readonly caller: Caller;
  readonly replayer: Replayer;
  readonly ledger: Ledger;
  readonly quarantine: Quarantine;
  readonly store: Pick<Store, 'examine' | 'keys'>;
  readonly sandbox: Sandbox;
}

/** Assembles the host. `watch`: whether other processes' changes are followed, which only servers need. */
export type OpenApp = (options: {
  readonly home: string;
  readonly config: Config;
  readonly watch?: boolean;
  readonly requireWall?: WallLevel;
}) => Promise<CommandApp>;

/** What a command's action gets. */
export interface CommandContext {
  readonly config: Config;
  readonly output: Output;
  readonly log: Log;
  readonly clock: Clock;
  readonly principal: Principal;
  readonly surroundings: Surroundings;
  /** Fires on Ctrl-C and its kin. */
  readonly stopping: AbortSignal;
  /** Opens the store, or an embedded one in the home that is given here. The caller disposes it. */
  openApp(options?: {
    readonly watch?: boolean;
    readonly home?: string;
    readonly requireWall?: WallLevel;
  }): Promise<CommandApp>;
}

/** Options every command takes. */
export interface GlobalOptions {
  readonly home?: string;
  readonly json?: true;
}

/** What a command does; returns its exit code. */
export type Action = (context: CommandContext) => Promise<number>;

/**
 * Adds one command to the program. `run` gives its action what it needs. A command loads the host's doors when it runs,
 * not before: `--help` should not wait for them.
 */
export type AddCommand = (program: Command, run: (action: Action) => Promise<void>) => void;

/** Runs one action in its surroundings, until it is done. */
export async function runAction(
  action: Action,
  options: GlobalOptions,
  surroundings: Surroundings,
  openApp: OpenApp,
): Promise<number> {
  const { env, stderr } = surroundings;
  using stop = listenForStop(surroundings, systemClock);
  // A home on the command line is asked for more clearly than a database in the environment.
  const given = options.home === undefined ? env : { ...env, GLOVEBOX_HOME: options.home, DATABASE_URL: undefined };
  const config = parseConfig(given, surroundings.cwd());
  const log = createLog({ level: config.logLevel, destination: stderr, colours: hasColours(stderr, env) });
  const context: CommandContext = {
    config,
    output: createOutput(surroundings, options.json === true),
    log,
    clock: systemClock,
    principal: LOCAL_PRINCIPAL,
    surroundings,
    stopping: stop.signal,
    openApp: ({ home, ...more } = {}) =>
      home === undefined
        ? openApp({ home: config.home, config, ...more })
        : openApp({ home, config: withoutDatabase(config), ...more }),
  };
  try {
    return await action(context);
  } catch (error) {
    // Whatever an interrupted part threw, the reason is that somebody said stop.
    if (!stop.signal.aborted || isCodedError(error)) throw error;
    throw sandboxError('RUN_CANCELLED', 'stopped on request', undefined, { cause: error });
  }
}

function withoutDatabase({ database: _database, ...config }: Config): Config {
  return config;
}
