// A report as people read it: a row per group, what failed and why, where it was tried, whose signature it bears.

import { formatMs } from '../output/format.ts';
import type { Output } from '../output/output.ts';
import { formatPairs, formatTable } from '../output/table.ts';
import type { AttestReport, RequiredWalls, Tally } from './report.ts';
import type { SealedReport } from './sealed-report.ts';
import { CHECKS, idOf } from './trial.ts';

/** Text of a signed report. */
export function formatReport({ report, signature }: SealedReport, output: Pick<Output, 'style' | 'table'>): string {
  const { style, table } = output;
  const rows = [
    ...report.groups.map(({ group, ...tally }) => [group, ...cellsOf(tally)]),
    [style('bold', 'all'), ...cellsOf(report.totals)],
  ];
  const parts = [
    formatTable(['group', 'tried', ...CHECKS, 'ended by'], rows, table),
    ...formatProblems(report, output),
    formatPairs([...factsOf(report), ['public key', signature.publicKey]], table),
    verdictOf(report, style),
  ];
  return parts.join('\n\n');
}

function cellsOf({ tried, walls, ...checks }: Tally): readonly string[] {
  const ended = Object.entries(walls).map(([wall, count]) => `${wall} ${count}`);
  return [tried, ...CHECKS.map((check) => checks[check])].map(String).concat(ended.join(', '));
}

function formatProblems({ attacks }: AttestReport, { style, table }: Pick<Output, 'style' | 'table'>): string[] {
  const rows = attacks.flatMap((trial) =>
    trial.problems.map(({ check, detail }) => [style('red', idOf(trial)), check, detail]),
  );
  return rows.length === 0 ? [] : [formatTable(['attack', 'fails', 'because'], rows, table)];
}

function factsOf({ at, ms, known, ...report }: AttestReport): readonly (readonly [string, string])[] {
  const { ageDays, maxAgeDays } = report.engine;
  const age = ageDays === null ? 'of unknown age' : `${ageDays} days old`;
  const allowed = maxAgeDays === null ? '' : `, may be ${maxAgeDays}`;
  const namesOf = (held: boolean): string =>
    report.walls
      .filter((each) => each.held === held)
      .map(({ wall }) => wall)
      .join(', ');
  return [
    ['glovebox', report.glovebox],
    ['engine', `Node ${report.node} (V8 ${report.v8}), ${age}${allowed}`],
    ['platform', report.platform],
    ['profile', report.profile],
    ['walls held', namesOf(true)],
    ['absent', namesOf(false) || 'none'],
    ['required', requiredText(report.wallLevel)],
    ['suite', `${report.totals.tried} of ${known} attacks, in ${formatMs(ms)}`],
    ['at', new Date(at).toISOString()],
  ];
}

function requiredText({ required, missing }: RequiredWalls): string {
  if (required === null) return 'none';
  return missing.length === 0 ? `level ${required}, all there` : `level ${required}, without ${missing.join(', ')}`;
}

function verdictOf({ passed, failed, totals, known }: AttestReport, style: Output['style']): string {
  if (!passed) return style(['bold', 'red'], `Does not hold: ${failed.length} failed.`);
  const text = 'Every attack that was tried was reached and contained.';
  return totals.tried === known ? style(['bold', 'green'], text) : `${style('green', text)} Not all were tried.`;
}
