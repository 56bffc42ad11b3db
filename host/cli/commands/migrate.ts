// `glovebox migrate`: the store's schema, looked at or brought up to date.

import type { Config } from '#host/base';
import type { SchemaState } from '#host/store';
import type { AddCommand } from '../command.ts';
import type { Output } from '../output/output.ts';
import { formatTable } from '../output/table.ts';
import { storeName } from '../store-name.ts';

interface MigrateOptions {
  readonly dryRun?: true;
}

export const addMigrate: AddCommand = (program, run) => {
  program
    .command('migrate')
    .description('bring the store’s schema up to date')
    .option('--dry-run', 'show what is missing and change nothing')
    .addHelpText('after', EXPLANATION)
    .action(({ dryRun }: MigrateOptions) =>
      run(async ({ config, clock, output }) => {
        const { examineSchema, migrateStore } = await import('#host/store');
        const { home, database } = config;
        const options = { home, ...(database === undefined ? {} : { database }), clock };
        const state = await (dryRun === true ? examineSchema : migrateStore)(options);
        const applied = dryRun !== true && state.missing.length > 0;
        output.result({ store: storeName(config), ...state, applied }, () => stateText(state, applied, config, output));
        return 0;
      }),
    );
};

const EXPLANATION = `
Every command does this when it opens a store, unless GLOVEBOX_MIGRATE is manual. Exits 1 with STORE_NEWER when a newer
Glovebox wrote the store. Back it up first: there is no way back.

Examples:
  $ glovebox migrate --dry-run
  $ DATABASE_URL=postgres://… glovebox migrate`;

function stateText(
  { present, target, missing }: SchemaState,
  applied: boolean,
  config: Config,
  { style, table }: Output,
): string {
  const name = storeName(config);
  if (missing.length === 0) return `${name} has schema ${present}; nothing is missing.`;
  const rows = missing.map((step) => [
    String(step.version),
    step.name,
    applied ? style('green', 'applied') : style('yellow', 'missing'),
  ]);
  const head = applied
    ? `${name} had schema ${present} and has ${target} now.`
    : `${name} has schema ${present}; this Glovebox writes ${target}.`;
  return `${head}\n\n${formatTable(['schema', 'step', ''], rows, table)}`;
}
