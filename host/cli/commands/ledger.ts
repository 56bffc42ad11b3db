// `glovebox ledger`: whether what happened is still what was written down, and a copy to take away.

import { once } from 'node:events';

import type { Checkpoint, EventRecord, EventsQuery, LedgerState } from '#host/ledger';
import type { Store } from '#host/store';
import type { AddCommand, CommandContext } from '../command.ts';
import { parseLimit } from '../input/parse-limit.ts';
import { parseMoment, spanOf, type Moment } from '../input/parse-moment.ts';
import { readJson } from '../input/read-json.ts';
import { formatAge } from '../output/format.ts';
import { formatPairs, formatTable } from '../output/table.ts';
import type { Output } from '../output/output.ts';
import { storeName } from '../store-name.ts';

interface VerifyOptions {
  readonly against?: string;
}

interface EventsOptions extends Pick<EventsQuery, 'kind'> {
  readonly since?: Moment;
  readonly until?: Moment;
  readonly limit: number;
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
    .command('rotate-key')
    .description('sign with a new key from now on, after the old one has signed all there is')
    .action(() => run(rotate));
  ledger
    .command('events')
    .description('list rollbacks, removals, quarantines, settings, keys and prunings, newest first')
    .option('--kind <kind>', 'only of this kind')
    .option('--since <time>', 'only from then on: 15m, 1h, 2d ago, or a date', parseMoment)
    .option('--until <time>', 'only before then', parseMoment)
    .option('--limit <count>', 'at most so many', parseLimit, 20)
    .addHelpText('after', EVENTS_EXAMPLES)
    .action((options: EventsOptions) => run((context) => events(context, options)));
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

const EVENTS_EXAMPLES = `
Examples:
  $ glovebox ledger events
  $ glovebox ledger events --kind tool.removed --since 7d --json`;

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
  const { checkpoints, covered, uncovered, pruned } = state;
  const facts = formatPairs(
    [
      ['checkpoints', String(checkpoints)],
      ['records they cover', String(covered)],
      ['records since', String(uncovered)],
      ['runs pruned', String(pruned)],
    ],
    table,
  );
  return `${style('green', `The ledger in ${name} is what was written.`)}\n\n${facts}`;
}

/** Always a document: it is a file to keep. */
async function checkpoint(context: CommandContext): Promise<number> {
  const { makeCheckpoint } = await import('#host/ledger');
  await using store = await openOwnStore(context);
  const made = await makeCheckpoint(store, context.clock, { thorough: true });
  context.output.result(made, () => JSON.stringify(made, undefined, 2));
  return 0;
}

async function rotate(context: CommandContext): Promise<number> {
  const { rotateKey } = await import('#host/ledger');
  await using store = await openOwnStore(context);
  const { publicKey, number } = await rotateKey(store, context.clock);
  context.output.result({ publicKey, checkpoint: number }, () =>
    formatPairs(
      [
        ['public key', publicKey],
        ['signs from', `checkpoint ${number}`],
      ],
      context.output.table,
    ),
  );
  return 0;
}

async function events(context: CommandContext, { since, until, ...query }: EventsOptions): Promise<number> {
  const { listEvents } = await import('#host/ledger');
  const { clock, output, principal } = context;
  await using store = await openOwnStore(context);
  const span = spanOf({ ...(since && { since }), ...(until && { until }) }, clock.now());
  const found = await listEvents(store, principal.tenant, { ...query, ...span });
  output.result({ events: found }, () => eventTable(found, clock.now(), output));
  return 0;
}

function eventTable(found: readonly EventRecord[], now: number, { table }: Output): string {
  if (found.length === 0) return 'No such events';
  const rows = found.map(({ at, kind, data }) => [formatAge(at, now), kind, dataText(data)]);
  return formatTable(['when', 'event', 'what'], rows, table);
}

const MAX_VALUE = 24;

/** Digests and signatures are cut short: with `--json` they are whole. */
function dataText(data: EventRecord['data']): string {
  const cut = (text: string): string => (text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text);
  return Object.entries(data)
    .map(([name, value]) => `${name} ${cut(typeof value === 'string' ? value : JSON.stringify(value))}`)
    .join(', ');
}

async function exportAll(context: CommandContext): Promise<number> {
  const { exportLedger } = await import('#host/ledger');
  await using store = await openOwnStore(context);
  const { stdout } = context.surroundings;
  for await (const line of exportLedger(store.ledger)) {
    if (stdout.destroyed) break;
    if (!stdout.write(`${line}\n`)) await drained(stdout);
  }
  return 0;
}

/** A reader that has left closes the stream: nothing more would drain. */
async function drained(stream: NodeJS.WritableStream): Promise<void> {
  const listening = new AbortController();
  const { signal } = listening;
  try {
    await Promise.race([once(stream, 'drain', { signal }), once(stream, 'close', { signal })]);
  } finally {
    // Else the listener that was not called stays, one for each wait.
    listening.abort();
  }
}

/** Without the rest of the host: none of this runs a tool. */
async function openOwnStore({ config, clock }: CommandContext): Promise<Store> {
  const { openStore } = await import('#host/store');
  const { home, database, databasePool, migrate, durability } = config;
  return openStore({ home, ...(database === undefined ? {} : { database }), databasePool, migrate, durability, clock });
}
