// `glovebox ledger`: whether what happened is still what was written down, and a copy to take away.

import { once } from 'node:events';

import type { Checkpoint, LedgerState } from '#host/ledger';
import type { Store } from '#host/store';
import type { AddCommand, CommandContext } from '../command.ts';
import { readJson } from '../input/read-json.ts';
import { formatPairs } from '../output/table.ts';
import type { Output } from '../output/output.ts';
import { storeName } from '../store-name.ts';

interface VerifyOptions {
  readonly against?: string;
}

export const addLedger: AddCommand = (program, run) => {
  const ledger = program.command('ledger').description('check the ledger, sign where it stands, take a copy');
  ledger
    .command('verify')
    .description('compare every record with the chains and the chains with the signed checkpoints')
    .option('--against <file>', 'a checkpoint that was kept elsewhere')
    .addHelpText('after', VERIFY_EXPLANATION)
    .action(({ against }: VerifyOptions) => run((context) => verify(context, against)));
  ledger
    .command('checkpoint')
    .description('sign where the ledger stands, and print that, to be kept elsewhere')
    .addHelpText('after', CHECKPOINT_EXAMPLES)
    .action(() => run(checkpoint));
  ledger
    .command('export')
    .description('print all of it: a JSON text per line, checkpoints and then links with their records')
    .action(() => run(exportAll));
};

const VERIFY_EXPLANATION = `
Exits 1 with LEDGER_BROKEN and the first record that was changed, is missing or was moved. With --against it finds what
was cut off or written anew since that checkpoint, even by somebody who has the store and its key.

Examples:
  $ glovebox ledger verify
  $ glovebox ledger verify --against checkpoint.json --json`;

const CHECKPOINT_EXAMPLES = `
Keep it where whoever can write to the store cannot.

Example:
  $ glovebox ledger checkpoint > checkpoint.json`;

async function verify(context: CommandContext, file: string | undefined): Promise<number> {
  const { parseCheckpoint, verifyLedger } = await import('#host/ledger');
  const against = file === undefined ? undefined : await readAgainst(file, context, parseCheckpoint);
  await using store = await openOwnStore(context);
  const state = await verifyLedger(store, against);
  const document = { intact: true, ...state, ...(against === undefined ? {} : { against: against.number }) };
  context.output.result(document, () => stateText(state, storeName(context.config), context.output));
  return 0;
}

async function readAgainst(
  file: string,
  { surroundings }: CommandContext,
  parse: (value: unknown) => Checkpoint,
): Promise<Checkpoint> {
  return parse(await readJson(file, '--against', surroundings));
}

function stateText(state: LedgerState, name: string, { style, table }: Output): string {
  const { checkpoints, covered, uncovered, pruned, unsealed } = state;
  const facts = formatPairs(
    [
      ['checkpoints', String(checkpoints)],
      ['records they cover', String(covered)],
      ['records since', String(uncovered)],
      ['runs pruned', String(pruned)],
      ['without a link', unsealed === 0 ? '0' : style('yellow', `${unsealed}, from before there were links or forged`)],
    ],
    table,
  );
  return `${style('green', `The ledger in ${name} is what was written.`)}\n\n${facts}`;
}

/** Always a document: it is a file to keep. */
async function checkpoint(context: CommandContext): Promise<number> {
  const { makeCheckpoint } = await import('#host/ledger');
  await using store = await openOwnStore(context);
  const made = await makeCheckpoint(store, context.clock);
  context.output.result(made, () => JSON.stringify(made, undefined, 2));
  return 0;
}

async function exportAll(context: CommandContext): Promise<number> {
  const { exportLedger } = await import('#host/ledger');
  await using store = await openOwnStore(context);
  const { stdout } = context.surroundings;
  for await (const line of exportLedger(store.ledger)) {
    // A reader that has left closes the stream: nothing more would drain.
    if (stdout.destroyed) break;
    if (!stdout.write(`${line}\n`)) await Promise.race([once(stdout, 'drain'), once(stdout, 'close')]);
  }
  return 0;
}

/** Without the rest of the host: none of this runs a tool. */
async function openOwnStore({ config, clock }: CommandContext): Promise<Store> {
  const { openStore } = await import('#host/store');
  const { home, database, databasePool, migrate, durability } = config;
  return openStore({ home, ...(database === undefined ? {} : { database }), databasePool, migrate, durability, clock });
}
