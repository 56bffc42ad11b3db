// `glovebox runs`: what happened lately.

import { Option } from 'commander';
import type { RunRecord, RunsQuery } from '#host/ledger';
import { parseLimit } from '../input/parse-limit.ts';
import { parseMoment, spanOf, type Moment } from '../input/parse-moment.ts';
import { formatAge, formatBytes, formatMs } from '../output/format.ts';
import type { Output } from '../output/output.ts';
import { formatTable } from '../output/table.ts';
import type { AddCommand } from '../command.ts';

interface RunsOptions extends Pick<RunsQuery, 'tool' | 'verdict' | 'principal'> {
  readonly since?: Moment;
  readonly until?: Moment;
  readonly limit: number;
}

export const addRuns: AddCommand = (program, run) => {
  program
    .command('runs')
    .description('list runs, newest first')
    .option('--tool <name>', 'only of this tool')
    .addOption(new Option('--verdict <verdict>', 'only those that ended so').choices(['ok', 'failed', 'suspended']))
    .option('--principal <id>', 'only for this caller')
    .option('--since <time>', 'only from then on: 15m, 1h, 2d ago, or a date', parseMoment)
    .option('--until <time>', 'only before then', parseMoment)
    .option('--limit <count>', 'at most so many', parseLimit, 20)
    .addHelpText('after', EXAMPLES)
    .action(({ since, until, ...equal }: RunsOptions) =>
      run(async ({ clock, openApp, output, principal }) => {
        await using app = await openApp();
        const span = spanOf({ ...(since && { since }), ...(until && { until }) }, clock.now());
        const runs = await app.ledger.runs(principal.tenant, { ...equal, ...span });
        output.result({ runs }, () => (runs.length === 0 ? noRuns(equal, span) : runTable(runs, clock.now(), output)));
        return 0;
      }),
    );
};

const EXAMPLES = `
Examples:
  $ glovebox runs
  $ glovebox runs --tool roi_acme --limit 5
  $ glovebox runs --verdict failed --since 1h
  $ glovebox runs --since 2026-01-15 --until 2026-01-16T12:00
  $ glovebox show run_…                      one run in full`;

function noRuns({ limit: _, ...equal }: Omit<RunsOptions, 'since' | 'until'>, span: object): string {
  const isFiltered = Object.keys({ ...equal, ...span }).length > 0;
  if (isFiltered) return 'No such runs; glovebox runs lists the latest of all';
  return 'No runs yet; call a tool: glovebox call <tool> --input JSON';
}

function runTable(runs: readonly RunRecord[], now: number, { style, table }: Output): string {
  const rows = runs.map(({ runId, tool, version, startedAt, verdict, failure, bill }) => [
    runId,
    formatAge(startedAt, now),
    `${tool}@${version}`,
    verdictText(verdict, failure?.code, style),
    formatMs(bill.wallMs),
    formatMs(bill.cpuMs),
    formatBytes(bill.heapUsedBytes),
  ]);
  return formatTable(['run', 'when', 'tool', 'verdict', 'elapsed', 'CPU', 'heap'], rows, table);
}

function verdictText(verdict: RunRecord['verdict'], code: string | undefined, style: Output['style']): string {
  switch (verdict) {
    case 'ok':
      return style('green', 'ok');
    case 'suspended':
      return style('yellow', 'suspended');
    case 'failed':
      return style('red', code ?? 'failed');
  }
}
