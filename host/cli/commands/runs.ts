// `glovebox runs`: what happened lately.

import { InvalidArgumentError } from 'commander';
import type { RunRecord } from '#host/ledger';
import { formatAge, formatBytes, formatMs } from '../output/format.ts';
import type { Output } from '../output/output.ts';
import { formatTable } from '../output/table.ts';
import type { AddCommand } from '../command.ts';

interface RunsOptions {
  readonly tool?: string;
  readonly limit: number;
}

export const addRuns: AddCommand = (program, run) => {
  program
    .command('runs')
    .description('list runs, newest first')
    .option('--tool <name>', 'only of this tool')
    .option('--limit <count>', 'at most so many', parseLimit, 20)
    .addHelpText('after', EXAMPLES)
    .action(({ tool, limit }: RunsOptions) =>
      run(async ({ clock, openApp, output, principal }) => {
        await using app = await openApp();
        const query = tool === undefined ? { limit } : { limit, tool };
        const runs = await app.ledger.runs(principal.tenant, query);
        output.result({ runs }, () => (runs.length === 0 ? NO_RUNS : runTable(runs, clock.now(), output)));
        return 0;
      }),
    );
};

const EXAMPLES = `
Examples:
  $ glovebox runs
  $ glovebox runs --tool roi_acme --limit 5
  $ glovebox show run_…                      one run in full`;

const NO_RUNS = 'No runs yet; call a tool: glovebox call <tool> --input JSON';

const MAX_LIMIT = 1000;

function parseLimit(text: string): number {
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MAX_LIMIT}.`);
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
